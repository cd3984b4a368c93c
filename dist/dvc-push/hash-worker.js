import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
;// CONCATENATED MODULE: ./packages/dvc/src/objects/dos2unix.js
/** DVC reads in pieces of this size, and the old hash depends on where they end (dvc_data/hashfile/hash.py). */
const PIECE = 1024 * 1024;
/** Pure: a piece of a file as DVC hashes it under that name. */
function asHashed(bytes, name) {
    return name === 'md5' ? bytes : dos2unix(bytes);
}
/**
 * DVC 2 hashed text as if its lines ended in LF: in a piece whose first 512 bytes look like text,
 * CRLF becomes LF (dvc_data/hashfile/istextfile.py).
 */
function dos2unix(piece) {
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

;// CONCATENATED MODULE: ./packages/dvc/src/objects/read-now.js



/** Bytes of a regular file; undefined for whatever else is there, and for nothing. */
function fileSize(path) {
    try {
        const found = (0,external_node_fs_namespaceObject.lstatSync)(path, { throwIfNoEntry: false });
        return found?.isFile() === true ? found.size : undefined;
    }
    catch {
        return undefined;
    }
}
/** Without waiting for the other end of a pipe; whatever is no regular file has no content to hash. */
function openFile(path) {
    const fd = (0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_NONBLOCK);
    const found = (0,external_node_fs_namespaceObject.fstatSync)(fd);
    if (found.isFile())
        return { fd, size: found.size };
    (0,external_node_fs_namespaceObject.closeSync)(fd);
    throw Object.assign(new Error(`${path} is no regular file`), { code: 'EINVAL' });
}
/** Fills the buffer as far as the file goes, so that pieces end where DVC's end. */
function fill(fd, buffer) {
    let filled = 0;
    while (filled < buffer.length) {
        const read = (0,external_node_fs_namespaceObject.readSync)(fd, buffer, filled, buffer.length - filled, null);
        if (read === 0)
            break;
        filled += read;
    }
    return filled;
}
/** Reads a whole file: its hash, and the MD5 of its bytes as they are. `size` is more than `length` where it does not fit. */
function loadFile(file, bytes) {
    const { fd } = openFile(file.path);
    try {
        const buffer = Buffer.from(bytes);
        const length = fill(fd, buffer);
        const more = (0,external_node_fs_namespaceObject.readSync)(fd, Buffer.allocUnsafe(1), 0, 1, null);
        const whole = buffer.subarray(0, length);
        const sum = (0,external_node_crypto_namespaceObject.hash)('md5', whole);
        return { bytes, length, sum, md5: file.name === 'md5' ? sum : hashWhole(whole), size: length + more };
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(fd);
    }
}
function hashWhole(bytes) {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('md5');
    for (let at = 0; at < bytes.length; at += PIECE)
        hash.update(dos2unix(bytes.subarray(at, at + PIECE)));
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./packages/dvc/src/objects/trouble.js
/** An Error would lose its code on the way to the other thread, and by its syscall the system's are known. */
function troubleOf(error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const syscall = error instanceof Error && 'syscall' in error ? String(error.syscall) : undefined;
    return { trouble: { code, syscall, message } };
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

;// CONCATENATED MODULE: ./packages/dvc/src/objects/hash-worker.js
// The entry of a worker thread; bundles have it as a file of its own (docs/adr/0005-worker-files.md).








// Not from the pool that Buffer shares: it is as large as this thread ever needs, and used again for every file.
const piece = Buffer.allocUnsafeSlow(PIECE);
const readings = new Map();
external_node_worker_threads_namespaceObject.parentPort?.on('message', ({ id, job }) => {
    const answer = answerOf(job);
    external_node_worker_threads_namespaceObject.parentPort?.postMessage({ id, answer }, answer.bytes === undefined ? [] : [answer.bytes]);
});
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
            return { bytes: job.bytes, md5: (0,external_node_crypto_namespaceObject.hash)('md5', Buffer.from(job.bytes, 0, job.length)) };
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
            writeWhole(job.path, Buffer.from(job.bytes));
            return { bytes: job.bytes };
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
            return { md5: (0,external_node_crypto_namespaceObject.hash)('md5', asHashed(piece.subarray(0, first), name)), size: first };
        const reading = { fd, name, hash: (0,external_node_crypto_namespaceObject.createHash)('md5').update(asHashed(piece, name)), offset: first };
        skipTo(reading, Number.POSITIVE_INFINITY);
        return { md5: reading.hash.digest('hex'), size: reading.offset };
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(fd);
    }
}
function openReading(reading, { path, name }) {
    const { fd, size } = openFile(path);
    readings.set(reading, { fd, name, hash: (0,external_node_crypto_namespaceObject.createHash)('md5'), offset: 0 });
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
function sumOf(part, sum) {
    if (sum === 'md5')
        return (0,external_node_crypto_namespaceObject.hash)('md5', part);
    const value = Buffer.allocUnsafe(4);
    value.writeUInt32BE((0,external_node_zlib_namespaceObject.crc32)(part));
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
        (0,external_node_fs_namespaceObject.closeSync)(found.fd);
    readings.delete(reading);
    return {};
}

