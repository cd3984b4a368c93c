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

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./packages/dvc/src/md5/wasm.js
/** The types of values. */
const I32 = 0x7f;
const V128 = 0x7b;
/** The instructions that `md5/program.ts` needs (WebAssembly 2.0, 5.4). */
const op = {
    end: 0x0b,
    loop: [0x03, 0x40],
    repeat: [0x0d, 0x00],
    get: (local) => [0x20, unsigned(local)],
    set: (local) => [0x21, unsigned(local)],
    tee: (local) => [0x22, unsigned(local)],
    i32: {
        const: (value) => [0x41, signed(value)],
        load: (offset) => [0x28, 0, unsigned(offset)],
        store: (offset) => [0x36, 0, unsigned(offset)],
        add: 0x6a,
        and: 0x71,
        or: 0x72,
        xor: 0x73,
        rotl: 0x77,
    },
    /** `i32x4`, where numbers are meant. */
    v128: {
        load: (offset) => [0xfd, 0x00, 0, unsigned(offset)],
        loadSplat: (offset) => [0xfd, 0x09, 0, unsigned(offset)],
        store: (offset) => [0xfd, 0x0b, 0, unsigned(offset)],
        shuffle: (bytes) => [0xfd, 0x0d, bytes],
        not: [0xfd, 0x4d],
        and: [0xfd, 0x4e],
        andnot: [0xfd, 0x4f],
        or: [0xfd, 0x50],
        xor: [0xfd, 0x51],
        shl: [0xfd, 0xab, 0x01],
        shr: [0xfd, 0xad, 0x01],
        add: [0xfd, 0xae, 0x01],
    },
};
/** A module with these functions and one memory of so many pages of 64 KiB; all of them are exported (5.5). */
function assemble(routines, pages) {
    const types = routines.map(({ parameters }) => [0x60, vector(Array(parameters).fill(I32)), 0]);
    const exported = (name, kind, index) => [sized([...Buffer.from(name)]), kind, index];
    const bodies = routines.map(({ locals, type, body }) => sized([1, unsigned(locals), type, body, op.end]));
    const module = [
        [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        section(1, types),
        section(3, routines.map((_, at) => at)),
        section(5, [[0, unsigned(pages)]]),
        section(7, [exported('memory', 2, 0), ...routines.map(({ name }, at) => exported(name, 0, at))]),
        section(10, bodies),
    ];
    return Uint8Array.from(flatten(module));
}
function section(id, items) {
    return [id, sized(vector(items))];
}
function vector(items) {
    return [unsigned(items.length), items];
}
function sized(code) {
    const bytes = flatten(code);
    return [unsigned(bytes.length), bytes];
}
function flatten(code, bytes = []) {
    if (typeof code === 'number')
        bytes.push(code);
    else
        for (const part of code)
            flatten(part, bytes);
    return bytes;
}
/** LEB128 (5.2.2). */
function unsigned(value) {
    return value < 0x80 ? value : [(value & 0x7f) | 0x80, unsigned(value >>> 7)];
}
function signed(value) {
    const isLast = value >= -0x40 && value < 0x40;
    return isLast ? value & 0x7f : [(value & 0x7f) | 0x80, signed(value >> 7)];
}

;// CONCATENATED MODULE: ./packages/dvc/src/md5/steps.js

const { get, set } = op;
/** RFC 1321, 3.4: which word each step of a round takes, and how far it rotates. */
const ROUNDS = [
    { word: (at) => at, rotations: [7, 12, 17, 22] },
    { word: (at) => 5 * at + 1, rotations: [5, 9, 14, 20] },
    { word: (at) => 3 * at + 5, rotations: [4, 11, 16, 23] },
    { word: (at) => 7 * at, rotations: [6, 10, 15, 21] },
];
const STEPS = ROUNDS.flatMap(({ word, rotations }, round) => Array.from({ length: 16 }, (_, at) => ({
    round,
    sine: 16 * round + at,
    word: word(at) % 16,
    rotation: rotations[at % 4] ?? 0,
})));
function sines() {
    return STEPS.map(({ sine }) => Math.floor(Math.abs(Math.sin(sine + 1)) * 2 ** 32));
}
/** The four rounds; each step for all lanes before the next one, since it waits for the one before it. */
function rounds(lanes) {
    return STEPS.map((step, at) => lanes.map(({ kind, state }) => stepCode(kind, step, turned(state, at))));
}
/** After each step a, b, c and d change their parts. */
function turned([a, b, c, d], steps) {
    const turns = [
        [a, b, c, d],
        [d, a, b, c],
        [c, d, a, b],
        [b, c, d, a],
    ];
    return turns[steps % 4] ?? [a, b, c, d];
}
function stepCode(kind, { round, sine, word, rotation }, [a, b, c, d]) {
    const sum = [get(a), kind.word(word), kind.add, kind.sine(sine), kind.add];
    const whole = [sum, addMixed(kind, round, [get(b), get(c), get(d)])];
    return [kind.rotate(whole, rotation), get(b), kind.add, set(a)];
}
/** Adds F, G, H or I of b, c and d; b is the youngest of them, and used as late as can be. */
function addMixed({ add, and, or, xor, not, andnot }, round, [b, c, d]) {
    switch (round) {
        case 0:
            return [d, b, c, d, xor, and, xor, add];
        case 1:
            return [c, d, andnot, add, b, d, and, add];
        case 2:
            return [c, d, xor, b, xor, add];
        default:
            return [c, d, not, b, or, xor, add];
    }
}

;// CONCATENATED MODULE: ./packages/dvc/src/md5/program.js


/** Files that are hashed side by side: two registers of four, so that one works while the other waits. */
const LANES = 8;
/** Bytes that MD5 takes at once. */
const BLOCK = 64;
/** Where the state of the lanes lies: word after word, in each of them lane after lane. */
const STATE = 0;
/** Where the program finds the table T (RFC 1321, 3.4), which whoever loads it writes there. */
const SINES = STATE + 4 * 4 * LANES;
const WORDS = SINES + 4 * 64;
/** The rest of the memory belongs to whoever loads the program. */
const FREE = WORDS + 4 * 16 * LANES;
const { get: program_get, set: program_set, tee, i32, v128 } = op;
const BASE = i32.const(0);
/**
 * A WebAssembly module with two functions, both for at least one block: `one(bytes, blocks)` goes on with the first lane,
 * `all(bytes of lane 0, …, bytes of lane 7, blocks)` with each of them. A step of MD5 waits for the one before it, so that one
 * file leaves most of a processor idle; eight of them cost little more than one.
 */
function md5Program(pages) {
    return assemble([oneLane(), allLanes()], pages);
}
function oneLane() {
    const [bytes, blocks, ...locals] = [0, 1, 2, 3, 4, 5];
    const not = [i32.const(-1), i32.xor];
    const kind = {
        ...i32,
        not,
        andnot: [not, i32.and],
        rotate: (value, by) => [value, i32.const(by), i32.rotl],
        word: (number) => [program_get(bytes), i32.load(4 * number)],
        sine: (number) => [BASE, i32.load(SINES + 4 * number)],
    };
    const state = locals.map((local, word) => ({ local, place: placeOf(word) }));
    const block = [rounds([{ kind, state: locals }]), keep(state, i32), advance([bytes], blocks)];
    const body = [begin(state, i32), op.loop, block, op.end];
    return { name: 'one', parameters: 2, locals: locals.length, type: I32, body };
}
function allLanes() {
    const addresses = Array.from({ length: LANES }, (_, lane) => lane);
    const blocks = LANES;
    const local = (number) => LANES + 1 + number;
    const scratch = local(0);
    const rows = [local(1), local(2), local(3), local(4)];
    const vectors = Array.from({ length: LANES / 4 }, (_, vector) => {
        const state = [
            local(5 + 4 * vector),
            local(6 + 4 * vector),
            local(7 + 4 * vector),
            local(8 + 4 * vector),
        ];
        return { state, first: 4 * vector, kind: vectorKind(scratch, 4 * vector) };
    });
    const state = vectors.flatMap((vector) => vector.state.map((local, word) => ({ local, place: placeOf(word, vector.first) })));
    const gathered = vectors.map(({ first }) => gather(addresses.slice(first, first + 4), first, rows));
    const block = [gathered, rounds(vectors), keep(state, v128), advance(addresses, blocks)];
    const body = [begin(state, v128), op.loop, block, op.end];
    return { name: 'all', parameters: LANES + 1, locals: 5 + state.length, type: V128, body };
}
/** @param scratch a local, since there is no instruction that rotates */
function vectorKind(scratch, first) {
    return {
        ...v128,
        rotate: (value, by) => [
            ...[value, tee(scratch), i32.const(by), v128.shl],
            ...[program_get(scratch), i32.const(32 - by), v128.shr, v128.or],
        ],
        word: (number) => [BASE, v128.load(placeOf(number, first, WORDS))],
        sine: (number) => [BASE, v128.loadSplat(SINES + 4 * number)],
    };
}
function placeOf(word, lane = 0, table = STATE) {
    return table + 4 * (LANES * word + lane);
}
function begin(state, { load }) {
    return state.map(({ local, place }) => [BASE, load(place), program_set(local)]);
}
/** RFC 1321, 3.4: what the block has come to is added to what was there before. */
function keep(state, { load, add, store }) {
    return state.map(({ local, place }) => [BASE, BASE, load(place), program_get(local), add, tee(local), store(place)]);
}
/** To the next block, as long as there is one. */
function advance(addresses, blocks) {
    const next = addresses.map((address) => [program_get(address), i32.const(BLOCK), i32.add, program_set(address)]);
    return [next, program_get(blocks), i32.const(-1), i32.add, tee(blocks), op.repeat];
}
/** Puts the words of four lanes together: of each lane comes a row of four words, of which columns are made. */
function gather(addresses, first, rows) {
    return [0, 4, 8, 12].map((word) => {
        const loaded = rows.map((row, at) => [program_get(addresses[at] ?? 0), v128.load(4 * word), program_set(row)]);
        const [p = 0, q = 0, r = 0, s = 0] = rows;
        const columns = [0, 1, 2, 3].map((column) => {
            const half = column < 2 ? 0 : 2;
            const pair = (one, other) => [
                ...[program_get(one), program_get(other), v128.shuffle(bytesOf(half, half + 4, half + 1, half + 5))],
            ];
            const isFirst = column % 2 === 0;
            const joined = v128.shuffle(isFirst ? bytesOf(0, 1, 4, 5) : bytesOf(2, 3, 6, 7));
            return [BASE, pair(p, q), pair(r, s), joined, v128.store(placeOf(word + column, first, WORDS))];
        });
        return [loaded, columns];
    });
}
/** The bytes of words of two registers, which are counted from 0 to 7. */
function bytesOf(...words) {
    return words.map((word) => [0, 1, 2, 3].map((byte) => 4 * word + byte));
}

;// CONCATENATED MODULE: ./packages/dvc/src/md5/lane.js

/** Blocks for which it is worth it to call the program. */
const WORTH = 128;
/** RFC 1321, 3.3. */
const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
function newLane(start) {
    return { start, state: Uint32Array.from(START), from: start, to: start, size: 0 };
}
/** Hashes all blocks of a lane, and of others as many as come along. */
function empty(program, lanes, lane) {
    for (let left = blocksOf(lane); left > 0; left = blocksOf(lane)) {
        const others = [...lanes].filter((other) => other !== lane && blocksOf(other) >= WORTH);
        const fullest = others.sort((a, b) => blocksOf(b) - blocksOf(a)).slice(0, LANES - 1);
        hashBlocks(program, [lane, ...fullest], Math.min(left, ...fullest.map(blocksOf)));
    }
}
function blocksOf({ from, to }) {
    return Math.floor((to - from) / BLOCK);
}
function hashBlocks(program, lanes, blocks) {
    const states = new Uint32Array(program.memory, STATE, 4 * LANES);
    for (const [at, { state }] of lanes.entries())
        for (let word = 0; word < 4; word++)
            states[LANES * word + at] = state[word] ?? 0;
    const [first] = lanes;
    if (first === undefined)
        return;
    if (lanes.length === 1)
        program.one(first.from, blocks);
    else {
        // What is computed for a place that nobody has is thrown away.
        const places = Array.from({ length: LANES }, (_, at) => (lanes[at] ?? first).from);
        program.all(...places, blocks);
    }
    for (const [at, lane] of lanes.entries()) {
        for (let word = 0; word < 4; word++)
            lane.state[word] = states[LANES * word + at] ?? 0;
        lane.from += blocks * BLOCK;
        if (lane.from === lane.to) {
            lane.from = lane.start;
            lane.to = lane.start;
        }
    }
}
/**
 * The digest, after all of whose blocks are hashed (RFC 1321, 3.1 and 3.2): a one, zeros, and the number of bits follow.
 * @param padding address of two blocks of memory for that
 */
function digestOf(program, { state, from, to, size }, padding) {
    const rest = to - from;
    const blocks = rest < BLOCK - 8 ? 1 : 2;
    const padded = Buffer.from(program.memory, padding, blocks * BLOCK).fill(0);
    padded.set(new Uint8Array(program.memory, from, rest));
    padded[rest] = 0x80;
    padded.writeBigUInt64LE(BigInt(size) * 8n, padded.length - 8);
    const last = {
        start: padding,
        state: state.slice(),
        from: padding,
        to: padding + padded.length,
        size,
    };
    hashBlocks(program, [last], blocks);
    const digest = Buffer.alloc(16);
    for (const [word, value] of last.state.entries())
        digest.writeUInt32LE(value, 4 * word);
    return digest.toString('hex');
}

;// CONCATENATED MODULE: ./packages/dvc/src/md5/program.wire.js

/**
 * @param bytes of memory at least
 * @returns undefined where there are no vectors, or no address space for the memory (`ulimit -v`)
 */
function loadProgram(bytes) {
    try {
        const module = new WebAssembly.Module(md5Program(Math.ceil(bytes / 2 ** 16)));
        const { one, all, memory } = new WebAssembly.Instance(module).exports;
        return { one, all, memory: memory.buffer };
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/dvc/src/md5/lanes.js






/** Bytes of a file that wait: who hands in so many at a time, and lets others have their turn, keeps the lanes full. */
const QUEUE = 128 * 1024;
/** Files that have a queue; what is opened beyond that is hashed by itself. */
const MOST = 64;
/** The MD5 of no bytes. */
const NOTHING = (0,external_node_crypto_namespaceObject.createHash)('md5').digest('hex');
const FIRST_QUEUE = Math.ceil(FREE / BLOCK) * BLOCK;
const PADDING = FIRST_QUEUE + MOST * QUEUE;
/**
 * A file is hashed side by side with others where there are others when its first bytes come; one that is alone does not need
 * the program, which is loaded when it is first needed.
 * @param load undefined is what it gives where there is no such program; then each file is hashed by itself
 */
function createMd5Lanes(load = loadWithTable) {
    const opened = new Set();
    let openBeside;
    const begin = () => {
        if (opened.size < 2)
            return openAlone();
        if (openBeside === undefined) {
            const program = load();
            openBeside = program === undefined ? openAlone : openerOf(program);
        }
        return openBeside();
    };
    return {
        get count() {
            return opened.size;
        },
        open: () => {
            let begun;
            const md5 = {
                update: (bytes) => {
                    begun ??= begin();
                    begun.update(bytes);
                },
                digest: () => begun?.digest() ?? NOTHING,
                close: () => {
                    if (opened.delete(md5))
                        begun?.close();
                },
            };
            opened.add(md5);
            return md5;
        },
    };
}
function loadWithTable() {
    const program = loadProgram(PADDING + 2 * BLOCK);
    if (program !== undefined)
        new Uint32Array(program.memory, SINES, 64).set(sines());
    return program;
}
function openAlone() {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('md5');
    return {
        update: (bytes) => void hash.update(bytes),
        digest: () => hash.copy().digest('hex'),
        close: () => { },
    };
}
/** Opens files that share a program. */
function openerOf(program) {
    const bytes = new Uint8Array(program.memory);
    const free = Array.from({ length: MOST }, (_, at) => FIRST_QUEUE + at * QUEUE);
    const lanes = new Set();
    return () => {
        const start = free.pop();
        if (start === undefined)
            return openAlone();
        const end = start + QUEUE;
        const lane = newLane(start);
        lanes.add(lane);
        return {
            update: (piece) => {
                for (let at = 0; at < piece.length;) {
                    if (lane.to === end)
                        empty(program, lanes, lane);
                    const part = piece.subarray(at, at + end - lane.to);
                    bytes.set(part, lane.to);
                    lane.to += part.length;
                    at += part.length;
                }
                lane.size += piece.length;
            },
            digest: () => {
                empty(program, lanes, lane);
                return digestOf(program, lane, PADDING);
            },
            close: () => {
                lanes.delete(lane);
                free.push(start);
            },
        };
    };
}

;// CONCATENATED MODULE: ./packages/dvc/src/store/fetch/file.js



/** Those of the files of this thread. */
const lanes = createMd5Lanes();
/** What is read again goes on from here at once to its hash, before anybody else has his turn. */
const piece = Buffer.allocUnsafeSlow(QUEUE);
/** Bytes of one write: as much as can lie in one piece of the disk's cache without asking for long stretches of free memory. */
const WRITE = 64 * 1024;
function openFile(path, isHashed) {
    const fd = (0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_RDWR | external_node_fs_namespaceObject.constants.O_NOFOLLOW);
    return { fd, hash: isHashed ? lanes.open() : undefined, hashed: 0 };
}
function closeFile({ fd, hash }) {
    hash?.close();
    (0,external_node_fs_namespaceObject.closeSync)(fd);
}
/** Hashes what is in the file already, as far as `to`; the others have their turn after each piece. */
async function skipTo(file, to, isOpen) {
    while (file.hashed < to && isOpen()) {
        const read = (0,external_node_fs_namespaceObject.readSync)(file.fd, piece, 0, Math.min(QUEUE, to - file.hashed), file.hashed);
        if (read === 0)
            break;
        file.hash?.update(piece.subarray(0, read));
        file.hashed += read;
        await (0,promises_namespaceObject.setImmediate)();
    }
    return file.hashed;
}
/** Writes bytes where they belong; the hash takes them where it has seen everything before. */
function writeAt(file, position, bytes) {
    for (let done = 0; done < bytes.length;)
        done += (0,external_node_fs_namespaceObject.writeSync)(file.fd, bytes, done, Math.min(WRITE, bytes.length - done), position + done);
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
function transfer_keep(transfer, bytes) {
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
function line_begin(lines, transfer) {
    const { request } = transfer;
    const kept = lines.idle.findLastIndex(({ place }) => place === line_placeOf(request));
    const [line] = kept === -1 ? [] : lines.idle.splice(kept, 1);
    if (line === undefined) {
        openLine(lines, transfer);
        return;
    }
    line.socket.setTimeout(0);
    line.transfer = transfer;
    ask(lines, line, transfer);
}
function line_placeOf({ isTls, host, port }) {
    return `${isTls} ${host} ${port}`;
}
/** One buffer for as long as the connection lives: nothing is left for a collection of garbage (net, `onread`). */
function openLine(lines, transfer) {
    const inbox = { buffer: Buffer.allocUnsafeSlow(BUFFER), length: 0 };
    const { request } = transfer;
    const socket = connect(lines, request, {
        buffer: () => inbox.buffer.subarray(inbox.length),
        callback: (bytes) => {
            inbox.length += bytes;
            take(lines, line);
            return isReadOn(line);
        },
    });
    const line = { place: line_placeOf(request), socket, inbox, transfer };
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
/**
 * After each piece the other connections have their turn: a fast server has megabytes of one object waiting, and the hash takes
 * those of several objects side by side.
 */
function isReadOn({ transfer, inbox, socket }) {
    if (transfer === undefined || inbox.length > 0)
        return true;
    setImmediate(() => socket.resume());
    return false;
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
/**
 * What follows the head moves to the start of the buffer, so that writes begin and end where pages of the disk's cache do.
 * @returns whether it has come, and the body may
 */
function takeHead(lines, line, transfer) {
    const { inbox } = line;
    const { buffer } = inbox;
    const length = buffer.subarray(0, Math.min(inbox.length, MOST_HEAD)).indexOf('\r\n\r\n');
    if (length === -1) {
        if (inbox.length >= MOST_HEAD)
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
    buffer.copyWithin(0, length + 4, inbox.length);
    inbox.length -= length + 4;
    return true;
}
/** Many bytes at once: a record of TLS holds 16 KiB. */
function takeBody(lines, line, transfer) {
    const { inbox } = line;
    const left = transfer.request.wanted.length - transfer.got;
    if (inbox.length >= left) {
        const isRight = transfer_keep(transfer, inbox.buffer.subarray(0, left));
        const why = isRight ? {} : { refused: { status: transfer.head?.status } };
        end(lines, line, transfer, why, inbox.length === left);
        return;
    }
    if (inbox.length === inbox.buffer.length) {
        transfer_keep(transfer, inbox.buffer);
        inbox.length = 0;
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
            transfer_keep(transfer, inbox.buffer.subarray(0, inbox.length));
        }
        catch (error) {
            answer = troubleOf(error);
        }
    }
    inbox.length = 0;
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
            return { md5: file.hash?.digest(), size: file.hashed };
        case 'close':
            files.delete(job.file);
            closeFile(file);
            return {};
    }
}
function transfer(id, to, request) {
    const onBytes = (bytes) => external_node_worker_threads_namespaceObject.parentPort?.postMessage({ id, bytes });
    const state = { head: undefined, got: 0, told: 0, deadline: undefined };
    return new Promise((resolve) => line_begin(lines, { to, request, resolve, onBytes, ...state }));
}

