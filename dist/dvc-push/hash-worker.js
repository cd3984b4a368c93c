import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
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

;// CONCATENATED MODULE: ./packages/dvc/src/objects/limit.js
/** Runs `body` for every item, at most `limit` at once; the first error ends it when those under way have settled. */
async function forEachLimited(items, limit, body) {
    const queue = items[Symbol.iterator]();
    let failed = false;
    const worker = async () => {
        for (let next = queue.next(); !failed && next.done !== true; next = queue.next()) {
            try {
                await body(next.value);
            }
            catch (error) {
                failed = true;
                throw error;
            }
        }
    };
    const results = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
    const broken = results.find((result) => result.status === 'rejected');
    if (broken !== undefined)
        throw broken.reason;
}
/** A request larger than the whole budget gets all of it, alone. */
function createBudget(total) {
    let free = total;
    const waiting = [];
    const serve = () => {
        for (let [first] = waiting; first !== undefined && first.wanted <= free; [first] = waiting) {
            waiting.shift();
            free -= first.wanted;
            first.grant();
        }
    };
    return {
        take: (bytes) => new Promise((resolve) => {
            const wanted = Math.min(bytes, total);
            let held = true;
            const release = () => {
                if (!held)
                    return;
                held = false;
                free += wanted;
                serve();
            };
            waiting.push({ wanted, grant: () => resolve(release) });
            serve();
        }),
    };
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
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

;// CONCATENATED MODULE: ./packages/dvc/src/objects/open-file.js







// Files of one thread go side by side. The piece is not from the pool that Buffer shares: it is as large as this thread ever
// needs, and used again for every file; nobody else has his turn between its reading and its hashing.
const lanes = createMd5Lanes();
const piece = Buffer.allocUnsafeSlow(PIECE);
/** After each piece the others have their turn, so that the lanes are full when they are hashed. */
function giveWay() {
    return lanes.count > 1 ? (0,promises_namespaceObject.setImmediate)() : undefined;
}
/** @throws what the file system says */
function openHashed({ path, name }, { fd, size: length } = openFile(path)) {
    const md5 = lanes.open();
    // The hash of DVC 2 depends on where pieces end.
    const most = name === 'md5' ? QUEUE : PIECE;
    let size = 0;
    const take = (bytes) => {
        md5.update(asHashed(bytes, name));
        size += bytes.length;
    };
    return {
        length,
        get size() {
            return size;
        },
        get md5() {
            return md5.digest();
        },
        read: async (buffer, kind) => {
            const sum = openSum(kind);
            try {
                let length = 0;
                while (length < buffer.length) {
                    const part = buffer.subarray(length, length + most);
                    const read = fill(fd, part);
                    take(part.subarray(0, read));
                    sum?.update(part.subarray(0, read));
                    length += read;
                    if (read < part.length)
                        break;
                    await giveWay();
                }
                return { length, ...(sum === undefined ? {} : { sum: sum.digest() }) };
            }
            finally {
                sum?.close();
            }
        },
        skip: async (to) => {
            while (size < to) {
                const read = fill(fd, piece.subarray(0, Math.min(most, to - size)));
                take(piece.subarray(0, read));
                if (read === 0)
                    break;
                await giveWay();
            }
        },
        close: () => {
            md5.close();
            (0,external_node_fs_namespaceObject.closeSync)(fd);
        },
    };
}
/** The hash of a whole file; a small one is not worth a lane. */
async function hashWholeFile(file) {
    const opened = openFile(file.path);
    if (opened.size >= PIECE)
        return hashLarge(openHashed(file, opened));
    return hashSmall(file, opened.fd) ?? hashLarge(openHashed(file));
}
/** Reads a whole file and hashes it beside others. `size` is more than `length` where it does not fit. */
async function loadLarge(file, bytes) {
    const open = openHashed(file);
    try {
        const { length } = await open.read(Buffer.from(bytes), 'none');
        const { md5 } = open;
        await open.skip(length + 1);
        return { bytes, length, md5, sum: md5, size: open.size };
    }
    finally {
        open.close();
    }
}
/** @returns undefined where it has become larger meanwhile */
function hashSmall({ name }, fd) {
    try {
        const size = fill(fd, piece);
        return size < PIECE
            ? { md5: (0,external_node_crypto_namespaceObject.hash)('md5', asHashed(piece.subarray(0, size), name)), size }
            : undefined;
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(fd);
    }
}
async function hashLarge(file) {
    try {
        await file.skip(Number.POSITIVE_INFINITY);
        return { md5: file.md5, size: file.size };
    }
    finally {
        file.close();
    }
}
function openSum(kind) {
    if (kind === 'none')
        return undefined;
    return kind === 'md5' ? lanes.open() : openCrc32();
}
/** As S3 writes it: Base64 of the big-endian value. */
function openCrc32() {
    let value = 0;
    return {
        update: (bytes) => {
            value = (0,external_node_zlib_namespaceObject.crc32)(bytes, value);
        },
        digest: () => {
            const bytes = Buffer.allocUnsafe(4);
            bytes.writeUInt32BE(value);
            return bytes.toString('base64');
        },
        close: () => { },
    };
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








/** Files of a job that are hashed at once. */
const AT_ONCE = 8;
const readings = new Map();
external_node_worker_threads_namespaceObject.parentPort?.on('message', async ({ id, job }) => {
    const answer = await answerOf(job);
    external_node_worker_threads_namespaceObject.parentPort?.postMessage({ id, answer }, answer.bytes === undefined ? [] : [answer.bytes]);
});
async function answerOf(job) {
    try {
        return await run(job);
    }
    catch (error) {
        return 'bytes' in job ? { ...troubleOf(error), bytes: job.bytes } : troubleOf(error);
    }
}
function run(job) {
    switch (job.kind) {
        case 'files':
            return hashAll(job.files);
        case 'sizes':
            return { sizes: job.paths.map(fileSize) };
        case 'bytes':
            return { bytes: job.bytes, md5: (0,external_node_crypto_namespaceObject.hash)('md5', Buffer.from(job.bytes, 0, job.length)) };
        case 'open':
            return hash_worker_open(job.reading, job.file);
        case 'read':
            return inTurn(job.reading, async (file) => ({
                bytes: job.bytes,
                ...(await file.read(Buffer.from(job.bytes, 0, job.length), job.sum)),
            }));
        case 'load':
            return job.file.name === 'md5' && job.bytes.byteLength >= PIECE
                ? loadLarge(job.file, job.bytes)
                : loadFile(job.file, job.bytes);
        case 'skip':
            return inTurn(job.reading, async (file) => {
                await file.skip(job.to);
                return { size: file.size };
            });
        case 'finish':
            return inTurn(job.reading, ({ md5, size }) => ({ md5, size }));
        case 'close':
            return hash_worker_close(job.reading);
        case 'write':
            writeWhole(job.path, Buffer.from(job.bytes));
            return { bytes: job.bytes };
    }
}
async function hashAll(files) {
    const hashed = new Array(files.length);
    await forEachLimited([...files.entries()], AT_ONCE, async ([at, file]) => {
        hashed[at] = await hashWholeFile(file).catch(troubleOf);
    });
    return { files: hashed };
}
function hash_worker_open(reading, file) {
    const opened = openHashed(file);
    readings.set(reading, { file: opened, done: Promise.resolve() });
    return { size: opened.length };
}
async function inTurn(number, work) {
    const reading = readings.get(number);
    if (reading === undefined)
        throw Object.assign(new Error('the file is not open'), { code: 'EBADF' });
    const answer = reading.done.then(() => work(reading.file));
    reading.done = answer.catch(() => undefined);
    return answer;
}
async function hash_worker_close(number) {
    const reading = readings.get(number);
    readings.delete(number);
    await reading?.done;
    reading?.file.close();
    return {};
}

