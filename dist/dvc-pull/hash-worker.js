// A worker thread of its own. Bundles ship this file as it is (docs/adr/0005-worker-files.md), so it may import
// nothing but what Node itself brings.
import { createHash, hash as hashAtOnce } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, readSync, rmSync, writeFileSync, } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
/** What a worker of the hash pool is started with: the file does nothing where it is only imported. */
export const HASH_WORKER = 'mlops-actions hash worker';
/** DVC reads in pieces of this size, and the old hash depends on where they end (dvc_data/hashfile/hash.py). */
export const PIECE = 1024 * 1024;
// Not from the pool that Buffer shares: it is as large as this thread ever needs, and used again for every file.
const piece = Buffer.allocUnsafeSlow(workerData === HASH_WORKER ? PIECE : 0);
const readings = new Map();
if (workerData === HASH_WORKER) {
    parentPort?.on('message', ({ id, job }) => {
        const answer = answerOf(job);
        parentPort?.postMessage({ id, answer }, answer.bytes === undefined ? [] : [answer.bytes]);
    });
}
function answerOf(job) {
    try {
        return run(job);
    }
    catch (error) {
        return 'bytes' in job ? { ...troubleOf(error), bytes: job.bytes } : troubleOf(error);
    }
}
function run(job) {
    switch (job.kind) {
        case 'files':
            return { files: job.files.map(hashOrTrouble) };
        case 'sizes':
            return { sizes: job.paths.map(fileSize) };
        case 'bytes':
            return { bytes: job.bytes, md5: hashAtOnce('md5', Buffer.from(job.bytes, 0, job.length)) };
        case 'open':
            return openReading(job.reading, job.file);
        case 'read':
            return readPart(readingOf(job.reading), job);
        case 'load':
            return loadFile(job.file, job.bytes);
        case 'skip':
            return skipTo(readingOf(job.reading), job.to);
        case 'finish':
            return { md5: readingOf(job.reading).hash.copy().digest('hex'), size: readingOf(job.reading).offset };
        case 'close':
            return closeReading(job.reading);
        case 'write':
            return writeWhole(job.path, job.bytes);
    }
}
function hashOrTrouble(file) {
    try {
        return hashFileNow(file);
    }
    catch (error) {
        return troubleOf(error);
    }
}
function hashFileNow({ path, name }) {
    const { fd } = openFile(path);
    try {
        const first = fill(fd, piece);
        if (first < PIECE)
            return { md5: hashAtOnce('md5', asHashed(piece.subarray(0, first), name)), size: first };
        const reading = { fd, name, hash: createHash('md5').update(asHashed(piece, name)), offset: first };
        skipTo(reading, Number.POSITIVE_INFINITY);
        return { md5: reading.hash.digest('hex'), size: reading.offset };
    }
    finally {
        closeSync(fd);
    }
}
/** Bytes of a regular file; undefined for whatever else is there, and for nothing. */
export function fileSize(path) {
    try {
        const found = lstatSync(path, { throwIfNoEntry: false });
        return found?.isFile() === true ? found.size : undefined;
    }
    catch {
        return undefined;
    }
}
/** Without waiting for the other end of a pipe; whatever is no regular file has no content to hash. */
function openFile(path) {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = fstatSync(fd);
    if (found.isFile())
        return { fd, size: found.size };
    closeSync(fd);
    throw Object.assign(new Error(`${path} is no regular file`), { code: 'EINVAL' });
}
/** Fills the buffer as far as the file goes, so that pieces end where DVC's end. */
function fill(fd, buffer) {
    let filled = 0;
    while (filled < buffer.length) {
        const read = readSync(fd, buffer, filled, buffer.length - filled, null);
        if (read === 0)
            break;
        filled += read;
    }
    return filled;
}
function openReading(reading, { path, name }) {
    const { fd, size } = openFile(path);
    readings.set(reading, { fd, name, hash: createHash('md5'), offset: 0 });
    return { size };
}
function readingOf(reading) {
    const found = readings.get(reading);
    if (found === undefined)
        throw Object.assign(new Error('the file is not open'), { code: 'EBADF' });
    return found;
}
function readPart(reading, { bytes, length: most, sum }) {
    const buffer = Buffer.from(bytes, 0, most);
    const length = fill(reading.fd, buffer);
    const part = buffer.subarray(0, length);
    for (let at = 0; at < length; at += PIECE)
        take(reading, part.subarray(at, at + PIECE));
    return { bytes, length, ...(sum === 'none' ? {} : { sum: sumOf(part, sum) }) };
}
/** Reads a whole file: its hash, and the MD5 of its bytes as they are. `size` is more than `length` where it does not fit. */
export function loadFile(file, bytes) {
    const { fd } = openFile(file.path);
    try {
        const buffer = Buffer.from(bytes);
        const length = fill(fd, buffer);
        const more = readSync(fd, Buffer.allocUnsafe(1), 0, 1, null);
        const whole = buffer.subarray(0, length);
        const sum = hashAtOnce('md5', whole);
        return { bytes, length, sum, md5: file.name === 'md5' ? sum : hashWhole(whole), size: length + more };
    }
    finally {
        closeSync(fd);
    }
}
function hashWhole(bytes) {
    const hash = createHash('md5');
    for (let at = 0; at < bytes.length; at += PIECE)
        hash.update(dos2unix(bytes.subarray(at, at + PIECE)));
    return hash.digest('hex');
}
function sumOf(part, sum) {
    if (sum === 'md5')
        return hashAtOnce('md5', part);
    const value = Buffer.allocUnsafe(4);
    value.writeUInt32BE(crc32(part));
    return value.toString('base64');
}
/** Hashes on without giving the bytes away, as far as `to` or the end of the file. */
function skipTo(reading, to) {
    while (reading.offset < to) {
        const read = fill(reading.fd, piece.subarray(0, Math.min(PIECE, to - reading.offset)));
        if (read === 0)
            break;
        take(reading, piece.subarray(0, read));
    }
    return { size: reading.offset };
}
function take(reading, bytes) {
    reading.hash.update(asHashed(bytes, reading.name));
    reading.offset += bytes.length;
}
function closeReading(reading) {
    const found = readings.get(reading);
    if (found !== undefined)
        closeSync(found.fd);
    readings.delete(reading);
    return {};
}
function writeWhole(path, bytes) {
    mkdirSync(dirname(path), { recursive: true });
    // What a killed run left there may be a link, or not writable.
    rmSync(path, { force: true });
    writeFileSync(path, Buffer.from(bytes), { flag: 'wx' });
    return { bytes };
}
/** An Error would lose its code on the way to the other thread, and by its syscall the system's are known. */
function troubleOf(error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const syscall = error instanceof Error && 'syscall' in error ? String(error.syscall) : undefined;
    return { trouble: { code, syscall, message } };
}
function asHashed(bytes, name) {
    return name === 'md5' ? bytes : dos2unix(bytes);
}
/**
 * DVC 2 hashed text as if its lines ended in LF: in a piece whose first 512 bytes look like text,
 * CRLF becomes LF (dvc_data/hashfile/istextfile.py).
 */
export function dos2unix(piece) {
    if (!looksLikeText(piece.subarray(0, 512)))
        return piece;
    const kept = Buffer.allocUnsafe(piece.length);
    let length = 0;
    for (let at = 0; at < piece.length; at++) {
        if (piece[at] === 0x0d && piece[at + 1] === 0x0a)
            continue;
        kept[length++] = piece[at] ?? 0;
    }
    return kept.subarray(0, length);
}
const TEXT_CONTROLS = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d]);
function looksLikeText(start) {
    if (start.includes(0))
        return false;
    const strange = start.filter((byte) => !TEXT_CONTROLS.has(byte) && (byte < 0x20 || byte > 0x7e)).length;
    return strange <= start.length * 0.3;
}
