// A worker thread of its own. Bundles ship this file as it is (docs/adr/0005-worker-files.md), so it may import
// nothing but what Node itself brings.
import { createHash, hash as hashAtOnce } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, readSync, rmSync, writeFileSync, writeSync, } from 'node:fs';
import { connect as connectPlain, isIP } from 'node:net';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { connect as connectTls, createSecureContext } from 'node:tls';
import { parentPort, workerData } from 'node:worker_threads';
export const FETCH_WORKER = 'mlops-actions fetch worker';
/** Bytes that are written and hashed at once: those of all connections together have to stay in the cache of the processor. */
const BUFFER = 128 * 1024;
/** As much as node:http takes. */
const MOST_HEAD = 16 * 1024;
/** Bytes of an object that is kept in memory until it is whole. */
export const MOST_SMALL = 64 * 1024;
/** Bytes between two reports. */
const REPORT = 2 ** 20;
/** Bytes that are hashed before others have their turn. */
const SKIP = 4 * 2 ** 20;
/** Milliseconds in which an idle connection is used again: less than servers keep one. */
const KEPT = 4_000;
/** Longer than Node's 250 ms for each address of a host (packages/http/src/agents.ts). */
const ADDRESS_ATTEMPT_TIMEOUT = 1_000;
const files = new Map();
const idle = [];
let context;
if (isOwn(workerData)) {
    const { ca } = workerData;
    if (ca !== undefined)
        context = createSecureContext({ ca: [...ca] });
    parentPort?.on('message', ({ id, job }) => {
        answerOf(id, job).then((answer) => parentPort?.postMessage({ id, answer }), (error) => parentPort?.postMessage({ id, answer: troubleOf(error) }));
    });
}
function isOwn(data) {
    return typeof data === 'object' && data !== null && 'name' in data && data.name === FETCH_WORKER;
}
async function answerOf(id, job) {
    if (job.kind === 'open')
        return openFile(job);
    if (job.kind === 'small')
        return transfer(id, job.small, job.request);
    const file = files.get(job.file);
    if (file === undefined)
        throw new Error(`there is no open file ${job.file}`);
    switch (job.kind) {
        case 'fetch':
            return transfer(id, file, job.request);
        case 'skip':
            return skipTo(file, job.to, () => files.get(job.file) === file);
        case 'finish':
            return { md5: file.hash?.copy().digest('hex'), size: file.hashed };
        case 'close':
            files.delete(job.file);
            closeSync(file.fd);
            return {};
    }
}
function openFile({ file, path, isHashed }) {
    const fd = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW);
    files.set(file, { fd, hash: isHashed ? createHash('md5') : undefined, hashed: 0 });
    return {};
}
/** Hashes what is in the file already, as far as `to`. */
async function skipTo(file, to, isOpen) {
    const piece = file.hashed < to ? Buffer.allocUnsafeSlow(BUFFER) : Buffer.of();
    for (let since = 0; file.hashed < to && isOpen();) {
        const read = readSync(file.fd, piece, 0, Math.min(BUFFER, to - file.hashed), file.hashed);
        if (read === 0)
            break;
        file.hash?.update(piece.subarray(0, read));
        file.hashed += read;
        since += read;
        if (since >= SKIP) {
            since = 0;
            await setImmediate();
        }
    }
    return { size: file.hashed };
}
function transfer(id, to, request) {
    return new Promise((resolve) => begin({ id, to, request, resolve, head: undefined, got: 0, told: 0, deadline: undefined }));
}
function begin(transfer) {
    const { request } = transfer;
    const kept = idle.findLastIndex(({ place }) => place === placeOf(request));
    const [line] = kept === -1 ? [] : idle.splice(kept, 1);
    if (line === undefined) {
        openLine(transfer);
        return;
    }
    line.socket.setTimeout(0);
    line.transfer = transfer;
    ask(line, transfer);
}
function placeOf({ isTls, host, port }) {
    return `${isTls} ${host} ${port}`;
}
/** One buffer for as long as the connection lives: nothing is left for a collection of garbage (net, `onread`). */
function openLine(transfer) {
    const inbox = { buffer: Buffer.allocUnsafeSlow(BUFFER), from: 0, to: 0 };
    const { request } = transfer;
    const socket = connect(request, {
        buffer: () => inbox.buffer.subarray(inbox.to),
        callback: (bytes) => {
            inbox.to += bytes;
            take(line);
            return true;
        },
    });
    const line = { place: placeOf(request), socket, inbox, transfer };
    wait(line, transfer, request.deadlines.connect);
    let networkCode = 'ECONNRESET';
    socket.once(request.isTls ? 'secureConnect' : 'connect', () => ask(line, transfer));
    socket.on('timeout', () => socket.destroy());
    socket.on('error', (error) => {
        networkCode = 'code' in error ? String(error.code) : '';
    });
    socket.on('close', () => {
        if (line.transfer !== undefined)
            return end(line, line.transfer, { refused: { networkCode } });
        const at = idle.indexOf(line);
        if (at !== -1)
            idle.splice(at, 1);
    });
}
function connect({ isTls, host, port }, onread) {
    const family = { autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT };
    const options = { host, port, onread, noDelay: true, keepAlive: true, ...family };
    if (!isTls)
        return connectPlain(options);
    const name = isIP(host) === 0 ? { servername: host } : {};
    const trust = context === undefined ? {} : { secureContext: context };
    const tls = { ALPNProtocols: ['http/1.1'], rejectUnauthorized: true };
    return connectTls({ ...options, ...name, ...trust, ...tls });
}
function ask(line, transfer) {
    wait(line, transfer, transfer.request.deadlines.answer);
    line.socket.write(transfer.request.head, 'latin1');
}
function wait(line, transfer, milliseconds) {
    clearTimeout(transfer.deadline);
    transfer.deadline = setTimeout(() => end(line, transfer, { refused: { isLate: true } }), milliseconds);
}
function take(line) {
    const { transfer } = line;
    // Nobody has asked for anything.
    if (transfer === undefined)
        return void line.socket.destroy();
    try {
        if (transfer.head !== undefined || takeHead(line, transfer))
            takeBody(line, transfer);
    }
    catch (error) {
        end(line, transfer, troubleOf(error));
    }
}
/** @returns whether it has come, and the body may */
function takeHead(line, transfer) {
    const { buffer, to } = line.inbox;
    const length = buffer.subarray(0, Math.min(to, MOST_HEAD)).indexOf('\r\n\r\n');
    if (length === -1) {
        if (to >= MOST_HEAD)
            end(line, transfer, { refused: {} });
        return false;
    }
    const head = parseHead(buffer.toString('latin1', 0, length));
    if (head === undefined || !isWanted(head, transfer.request.wanted)) {
        end(line, transfer, { refused: { status: head?.status, retryAfter: head?.headers.get('retry-after') } });
        return false;
    }
    transfer.head = head;
    line.inbox.from = length + 4;
    return true;
}
/** Many bytes at once: a record of TLS holds 16 KiB. */
function takeBody(line, transfer) {
    const { inbox } = line;
    const left = transfer.request.wanted.length - transfer.got;
    const isAll = inbox.to - inbox.from >= left;
    if (isAll) {
        const isRight = keep(transfer, inbox.buffer.subarray(inbox.from, inbox.from + left));
        const why = isRight ? {} : { refused: { status: transfer.head?.status } };
        end(line, transfer, why, inbox.to - inbox.from === left);
        return;
    }
    if (inbox.to === inbox.buffer.length) {
        keep(transfer, inbox.buffer.subarray(inbox.from));
        inbox.from = 0;
        inbox.to = 0;
    }
    wait(line, transfer, transfer.request.deadlines.idle);
}
/** @returns whether they may be what they should; of a large object the hash will tell. */
function keep(transfer, bytes) {
    const { to, request } = transfer;
    if (!isSmall(to)) {
        append(transfer, to, bytes);
        return true;
    }
    if (bytes.length !== request.wanted.length || hashAtOnce('md5', bytes) !== to.md5)
        return false;
    writeWhole(to.path, bytes);
    transfer.got = bytes.length;
    return true;
}
function isSmall(to) {
    return 'path' in to;
}
function writeWhole(path, bytes) {
    try {
        writeFileSync(path, bytes, { flag: 'wx' });
    }
    catch {
        mkdirSync(dirname(path), { recursive: true });
        // What a killed run left there may be a link, or not writable.
        rmSync(path, { force: true });
        writeFileSync(path, bytes, { flag: 'wx' });
    }
}
/** Writes bytes where they belong; the hash takes them where it has seen everything before. */
function append(transfer, file, bytes) {
    const position = transfer.request.wanted.start + transfer.got;
    for (let done = 0; done < bytes.length;)
        done += writeSync(file.fd, bytes, done, bytes.length - done, position + done);
    transfer.got += bytes.length;
    if (file.hashed === position) {
        file.hash?.update(bytes);
        file.hashed += bytes.length;
    }
    if (transfer.got - transfer.told >= REPORT)
        report(transfer);
}
function report(transfer) {
    parentPort?.postMessage({ id: transfer.id, bytes: transfer.got - transfer.told });
    transfer.told = transfer.got;
}
/** Answers the job. The connection is of further use only after all of an answer and nothing else. */
function end(line, transfer, why, isClean = false) {
    const { inbox, socket } = line;
    clearTimeout(transfer.deadline);
    line.transfer = undefined;
    let answer = why;
    if (why.refused !== undefined && transfer.head !== undefined && !isSmall(transfer.to)) {
        try {
            keep(transfer, inbox.buffer.subarray(inbox.from, inbox.to));
        }
        catch (error) {
            answer = troubleOf(error);
        }
    }
    inbox.from = 0;
    inbox.to = 0;
    if (isClean && transfer.head?.isKept === true) {
        idle.push(line);
        socket.setTimeout(KEPT);
    }
    else
        socket.destroy();
    if (transfer.got > transfer.told && !isSmall(transfer.to))
        report(transfer);
    transfer.resolve({ ...answer, got: transfer.got });
}
/** An Error would lose its code on the way to the other thread. */
function troubleOf(error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const syscall = error instanceof Error && 'syscall' in error ? String(error.syscall) : undefined;
    return { trouble: { code, syscall, message } };
}
const STATUS_LINE = /^HTTP\/1\.1 (\d{3})(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const FIELD_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;
/** Pure: without the empty line; undefined for whatever is not exactly RFC 9112, 4 and 5, folded lines included. */
export function parseHead(text) {
    const [first = '', ...lines] = text.split('\r\n');
    const status = STATUS_LINE.exec(first)?.[1];
    if (status === undefined)
        return undefined;
    const headers = new Map();
    for (const line of lines) {
        const [, name, value = ''] = FIELD_LINE.exec(line) ?? [];
        if (name === undefined)
            return undefined;
        const key = name.toLowerCase();
        const before = headers.get(key);
        headers.set(key, before === undefined ? value : `${before}, ${value}`);
    }
    const isKept = !/\bclose\b/i.test(headers.get('connection') ?? '');
    return { status: Number(status), headers, isKept };
}
/** Pure: exactly the bytes that were asked for, of exactly this version, and nothing that would have to be decoded. */
export function isWanted({ status, headers }, { start, length, size, etag }) {
    if (headers.has('transfer-encoding') || headers.get('content-length') !== String(length))
        return false;
    if (unquote(headers.get('etag') ?? '') !== etag)
        return false;
    const range = headers.get('content-range');
    if (status === 206)
        return range === `bytes ${start}-${start + length - 1}/${size}`;
    return status === 200 && range === undefined && start === 0 && length === size;
}
function unquote(etag) {
    return etag.replace(/^W\//, '').replace(/^"|"$/g, '');
}
