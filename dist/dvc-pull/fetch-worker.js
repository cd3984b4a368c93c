import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: ./packages/dvc/src/objects/trouble.js
/** An Error would lose its code on the way to the other thread, and by its syscall the system's are known. */
function troubleOf(error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const syscall = error instanceof Error && 'syscall' in error ? String(error.syscall) : undefined;
    return { trouble: { code, syscall, message } };
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./packages/dvc/src/store/fetch/file.js



/** Bytes that are hashed at once. */
const PIECE = 128 * 1024;
/** Bytes that are hashed before others have their turn. */
const SKIP = 4 * 2 ** 20;
function openFile(path, isHashed) {
    const fd = (0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_RDWR | external_node_fs_namespaceObject.constants.O_NOFOLLOW);
    return { fd, hash: isHashed ? (0,external_node_crypto_namespaceObject.createHash)('md5') : undefined, hashed: 0 };
}
function closeFile({ fd }) {
    (0,external_node_fs_namespaceObject.closeSync)(fd);
}
/** Hashes what is in the file already, as far as `to`. */
async function skipTo(file, to, isOpen) {
    const piece = file.hashed < to ? Buffer.allocUnsafeSlow(PIECE) : Buffer.of();
    for (let since = 0; file.hashed < to && isOpen();) {
        const read = (0,external_node_fs_namespaceObject.readSync)(file.fd, piece, 0, Math.min(PIECE, to - file.hashed), file.hashed);
        if (read === 0)
            break;
        file.hash?.update(piece.subarray(0, read));
        file.hashed += read;
        since += read;
        if (since >= SKIP) {
            since = 0;
            await (0,promises_namespaceObject.setImmediate)();
        }
    }
    return file.hashed;
}
/** Writes bytes where they belong; the hash takes them where it has seen everything before. */
function writeAt(file, position, bytes) {
    for (let done = 0; done < bytes.length;)
        done += (0,external_node_fs_namespaceObject.writeSync)(file.fd, bytes, done, bytes.length - done, position + done);
    if (file.hashed !== position)
        return;
    file.hash?.update(bytes);
    file.hashed += bytes.length;
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./packages/dvc/src/store/etag.js
/** An ETag without its quotes, and without the mark of a weak one (RFC 9110, 8.8.3). */
function unquote(etag) {
    return etag.replace(/^W\//, '').replace(/^"|"$/g, '');
}

;// CONCATENATED MODULE: ./packages/dvc/src/store/fetch/response-head.js

const STATUS_LINE = /^HTTP\/1\.1 (\d{3})(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const FIELD_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;
/** Pure: without the empty line; undefined for whatever is not exactly RFC 9112, 4 and 5, folded lines included. */
function parseHead(text) {
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
function isWanted({ status, headers }, { start, length, size, etag }) {
    if (headers.has('transfer-encoding') || headers.get('content-length') !== String(length))
        return false;
    if (unquote(headers.get('etag') ?? '') !== etag)
        return false;
    const range = headers.get('content-range');
    if (status === 206)
        return range === `bytes ${start}-${start + length - 1}/${size}`;
    return status === 200 && range === undefined && start === 0 && length === size;
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./packages/dvc/src/objects/write-whole.js


/** Makes a file of all of its bytes, or none; what a killed run left there may be a link, or not writable. */
function writeWhole(path, bytes) {
    try {
        (0,external_node_fs_namespaceObject.writeFileSync)(path, bytes, { flag: 'wx' });
    }
    catch {
        (0,external_node_fs_namespaceObject.mkdirSync)((0,external_node_path_namespaceObject.dirname)(path), { recursive: true });
        (0,external_node_fs_namespaceObject.rmSync)(path, { force: true });
        try {
            (0,external_node_fs_namespaceObject.writeFileSync)(path, bytes, { flag: 'wx' });
        }
        catch (error) {
            (0,external_node_fs_namespaceObject.rmSync)(path, { force: true });
            throw error;
        }
    }
}

;// CONCATENATED MODULE: ./packages/dvc/src/store/fetch/transfer.js



/** Bytes between two reports. */
const REPORT = 2 ** 20;
/** @returns whether they may be what they should; of a large object the hash will tell. */
function keep(transfer, bytes) {
    const { to, request } = transfer;
    if (!isSmall(to)) {
        append(transfer, to, bytes);
        return true;
    }
    if (bytes.length !== request.wanted.length || (0,external_node_crypto_namespaceObject.hash)('md5', bytes) !== to.md5)
        return false;
    writeWhole(to.path, bytes);
    transfer.got = bytes.length;
    return true;
}
function isSmall(to) {
    return 'path' in to;
}
function append(transfer, file, bytes) {
    writeAt(file, transfer.request.wanted.start + transfer.got, bytes);
    transfer.got += bytes.length;
    if (transfer.got - transfer.told >= REPORT)
        report(transfer);
}
/** Tells of the bytes that have come since the last time. */
function report(transfer) {
    transfer.onBytes(transfer.got - transfer.told);
    transfer.told = transfer.got;
}

;// CONCATENATED MODULE: ./packages/dvc/src/store/fetch/line.js





/** Bytes that are written and hashed at once: those of all connections together have to stay in the cache of the processor. */
const BUFFER = 128 * 1024;
/** As much as node:http takes. */
const MOST_HEAD = 16 * 1024;
/** Milliseconds in which an idle connection is used again: less than servers keep one. */
const KEPT = 4_000;
/** Longer than Node's 250 ms for each address of a host (packages/http/src/agents.ts). */
const ADDRESS_ATTEMPT_TIMEOUT = 1_000;
/** Begins a transfer, on a connection that has served another one or on a new one; `resolve` tells how it has ended. */
function begin(lines, transfer) {
    const { request } = transfer;
    const kept = lines.idle.findLastIndex(({ place }) => place === placeOf(request));
    const [line] = kept === -1 ? [] : lines.idle.splice(kept, 1);
    if (line === undefined) {
        openLine(lines, transfer);
        return;
    }
    line.socket.setTimeout(0);
    line.transfer = transfer;
    ask(lines, line, transfer);
}
function placeOf({ isTls, host, port }) {
    return `${isTls} ${host} ${port}`;
}
/** One buffer for as long as the connection lives: nothing is left for a collection of garbage (net, `onread`). */
function openLine(lines, transfer) {
    const inbox = { buffer: Buffer.allocUnsafeSlow(BUFFER), from: 0, to: 0 };
    const { request } = transfer;
    const socket = connect(lines, request, {
        buffer: () => inbox.buffer.subarray(inbox.to),
        callback: (bytes) => {
            inbox.to += bytes;
            take(lines, line);
            return true;
        },
    });
    const line = { place: placeOf(request), socket, inbox, transfer };
    wait(lines, line, transfer, request.deadlines.connect);
    let networkCode = 'ECONNRESET';
    socket.once(request.isTls ? 'secureConnect' : 'connect', () => ask(lines, line, transfer));
    socket.on('timeout', () => socket.destroy());
    socket.on('error', (error) => {
        networkCode = 'code' in error ? String(error.code) : '';
    });
    socket.on('close', () => {
        if (line.transfer !== undefined)
            return end(lines, line, line.transfer, { refused: { networkCode } });
        const at = lines.idle.indexOf(line);
        if (at !== -1)
            lines.idle.splice(at, 1);
    });
}
function connect({ trust }, { isTls, host, port }, onread) {
    const family = { autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT };
    const options = { host, port, onread, noDelay: true, keepAlive: true, ...family };
    if (!isTls)
        return (0,external_node_net_namespaceObject.connect)(options);
    const name = (0,external_node_net_namespaceObject.isIP)(host) === 0 ? { servername: host } : {};
    const secureContext = trust === undefined ? {} : { secureContext: trust };
    return (0,external_node_tls_namespaceObject.connect)({
        ...options,
        ...name,
        ...secureContext,
        ALPNProtocols: ['http/1.1'],
        rejectUnauthorized: true,
    });
}
function ask(lines, line, transfer) {
    wait(lines, line, transfer, transfer.request.deadlines.answer);
    line.socket.write(transfer.request.head, 'latin1');
}
function wait(lines, line, transfer, milliseconds) {
    clearTimeout(transfer.deadline);
    transfer.deadline = setTimeout(() => end(lines, line, transfer, { refused: { isLate: true } }), milliseconds);
}
function take(lines, line) {
    const { transfer } = line;
    // Nobody has asked for anything.
    if (transfer === undefined)
        return void line.socket.destroy();
    try {
        if (transfer.head !== undefined || takeHead(lines, line, transfer))
            takeBody(lines, line, transfer);
    }
    catch (error) {
        end(lines, line, transfer, troubleOf(error));
    }
}
/** @returns whether it has come, and the body may */
function takeHead(lines, line, transfer) {
    const { buffer, to } = line.inbox;
    const length = buffer.subarray(0, Math.min(to, MOST_HEAD)).indexOf('\r\n\r\n');
    if (length === -1) {
        if (to >= MOST_HEAD)
            end(lines, line, transfer, { refused: {} });
        return false;
    }
    const head = parseHead(buffer.toString('latin1', 0, length));
    if (head === undefined || !isWanted(head, transfer.request.wanted)) {
        const retryAfter = head?.headers.get('retry-after');
        end(lines, line, transfer, { refused: { status: head?.status, retryAfter } });
        return false;
    }
    transfer.head = head;
    line.inbox.from = length + 4;
    return true;
}
/** Many bytes at once: a record of TLS holds 16 KiB. */
function takeBody(lines, line, transfer) {
    const { inbox } = line;
    const left = transfer.request.wanted.length - transfer.got;
    const isAll = inbox.to - inbox.from >= left;
    if (isAll) {
        const isRight = keep(transfer, inbox.buffer.subarray(inbox.from, inbox.from + left));
        const why = isRight ? {} : { refused: { status: transfer.head?.status } };
        end(lines, line, transfer, why, inbox.to - inbox.from === left);
        return;
    }
    if (inbox.to === inbox.buffer.length) {
        keep(transfer, inbox.buffer.subarray(inbox.from));
        inbox.from = 0;
        inbox.to = 0;
    }
    wait(lines, line, transfer, transfer.request.deadlines.idle);
}
/** Answers the job. The connection is of further use only after all of an answer and nothing else. */
function end(lines, line, transfer, why, isClean = false) {
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
        lines.idle.push(line);
        socket.setTimeout(KEPT);
    }
    else
        socket.destroy();
    if (transfer.got > transfer.told && !isSmall(transfer.to))
        report(transfer);
    transfer.resolve({ ...answer, got: transfer.got });
}

;// CONCATENATED MODULE: ./packages/dvc/src/store/fetch-worker.js
// The entry of a worker thread; bundles have it as a file of its own (docs/adr/0005-worker-files.md).





const { ca } = external_node_worker_threads_namespaceObject.workerData;
const files = new Map();
const lines = { idle: [], trust: ca && (0,external_node_tls_namespaceObject.createSecureContext)({ ca: [...ca] }) };
external_node_worker_threads_namespaceObject.parentPort?.on('message', ({ id, job }) => {
    answerOf(id, job).then((answer) => external_node_worker_threads_namespaceObject.parentPort?.postMessage({ id, answer }), (error) => external_node_worker_threads_namespaceObject.parentPort?.postMessage({ id, answer: troubleOf(error) }));
});
async function answerOf(id, job) {
    if (job.kind === 'small')
        return transfer(id, job.small, job.request);
    if (job.kind === 'open') {
        files.set(job.file, openFile(job.path, job.isHashed));
        return {};
    }
    const file = files.get(job.file);
    if (file === undefined)
        throw new Error(`there is no open file ${job.file}`);
    switch (job.kind) {
        case 'fetch':
            return transfer(id, file, job.request);
        case 'skip':
            return { size: await skipTo(file, job.to, () => files.get(job.file) === file) };
        case 'finish':
            return { md5: file.hash?.copy().digest('hex'), size: file.hashed };
        case 'close':
            files.delete(job.file);
            closeFile(file);
            return {};
    }
}
function transfer(id, to, request) {
    const onBytes = (bytes) => external_node_worker_threads_namespaceObject.parentPort?.postMessage({ id, bytes });
    const state = { head: undefined, got: 0, told: 0, deadline: undefined };
    return new Promise((resolve) => begin(lines, { to, request, resolve, onBytes, ...state }));
}

