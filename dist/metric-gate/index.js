import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: ./packages/diagnostics/src/sanitize.js
const LINE_ENDS = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/;
const ZERO_WIDTH_SPACE = '\u200b';
// ECMA-48: CSI … final byte; OSC, DCS, SOS, PM, APC … up to ST or BEL; other two-byte escapes.
const ANSI = /\u001b\[[0-?]*[ -/]*[@-~]|\u009b[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
// C0 and C1 controls but the tab, and everything that nobody sees: bidirectional marks, soft hyphens, tags, spaces
// without width. Joiners and variation selectors stay: Persian, Hindi and emoji are written with them.
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]|(?!\u200c|\u200d|[\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}/gu;
/**
 * One line of foreign text that no parser of the runner takes for a command:
 * it looks for `::name::` after leading white space, then for `##[name]` anywhere in the line
 * (actions/runner src/Runner.Common/ActionCommand.cs). A zero-width space breaks both.
 */
function sanitizeLine(line, maxLength = 2_000) {
    const plain = line
        .replace(ANSI, '')
        .split(LINE_ENDS)
        .join(' ')
        .replace(UNSEEN, '')
        .replace(/##(?=\[)/g, `##${ZERO_WIDTH_SPACE}`)
        .replace(/^(\s*):(?=:)/, `$1:${ZERO_WIDTH_SPACE}`);
    return plain.length > maxLength ? `${plain.slice(0, maxLength)}… (${plain.length - maxLength} more)` : plain;
}
/** Foreign text, line by line, each sanitized; long text is cut and says by how much. */
function sanitize_sanitizeText(text, { maxLines = 200, maxLineLength = 2_000 } = {}) {
    const lines = text.split(LINE_ENDS);
    const kept = lines.slice(0, maxLines).map((line) => sanitizeLine(line, maxLineLength));
    if (lines.length > maxLines)
        kept.push(`… (${lines.length - maxLines} more lines)`);
    return kept.join('\n');
}
/** Server text set off by a bar, so that problem matchers left behind by other actions do not match it. */
function quoteForeignText(text, limits) {
    return sanitize_sanitizeText(text, limits)
        .split('\n')
        .map((line) => `│ ${line}`)
        .join('\n');
}

;// CONCATENATED MODULE: ./packages/diagnostics/src/markdown.js

// GitHub links mentions, issues and bare addresses after rendering, so escapes do not stop it; breaking the word does.
const markdown_ZERO_WIDTH_SPACE = '\u200b';
/**
 * Foreign text as one line of GitHub Markdown that shows exactly that text:
 * no HTML, no links or images, no mentions, no table cell separators.
 */
function escapeMarkdown(text) {
    return sanitizeLine(text)
        .replace(/(#|\bGH-)(?=\d)/gi, `$1${markdown_ZERO_WIDTH_SPACE}`)
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
        .replace(/@/g, `@${markdown_ZERO_WIDTH_SPACE}`)
        .replace(/:\/\//g, `:${markdown_ZERO_WIDTH_SPACE}//`)
        .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}${markdown_ZERO_WIDTH_SPACE}.`);
}
/**
 * Foreign text as inline code. A pipe would end a table cell, and no escape of it means the same inside and outside of
 * tables: such text becomes a `<code>` element of entities, which mean nothing to Markdown.
 */
function inlineCode(text) {
    const line = sanitizeLine(text);
    if (line.trim() === '')
        return '` `';
    if (line.includes('|'))
        return `<code>${line.replace(/[!-/:-@[-`{-~]/g, (char) => `&#${char.charCodeAt(0)};`)}</code>`;
    const fence = '`'.repeat(longestRun(line) + 1);
    const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${line}${pad}${fence}`;
}
/** Advice, our own words, as GitHub Markdown: backticks set off what is to be typed. Foreign text in it stays text. */
function adviceMarkdown(text) {
    const line = (words) => words
        .split('`')
        .map((part, at) => (at % 2 === 0 ? escapeMarkdown(part) : inlineCode(part)))
        .join('');
    return text.split('\n').map(line).join('<br>');
}
/** Foreign text as a fenced block whose fence is longer than any fence inside. */
function codeFence(text, language = '', limits) {
    const body = sanitizeText(text, limits);
    const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
    return `${fence}${language}\n${body}\n${fence}`;
}
function longestRun(text) {
    return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

;// CONCATENATED MODULE: ./packages/diagnostics/src/secret-forms.js

/** Shorter values are not masked: hiding every "a" makes a log unreadable and drops innocent outputs. */
const SHORTEST_SECRET = 6;
const COMMON_WORDS = new Set([
    'password',
    'secret',
    'token',
    'default',
    'admin',
    'changeme',
    'latest',
    'master',
]);
/**
 * The forms in which a secret can show: as it is, each line of it (the runner masks line by line, peers-reliability 4.13),
 * in base64 wherever in the encoded text it stands, URL-encoded, inside a JSON string, and each of these as Markdown
 * escapes it. The runner derives more from each (actions/runner src/Sdk/DTLogging/Logging/ValueEncoders.cs).
 */
function secretForms(secret) {
    const forms = valuesOf(secret).flatMap((value) => [
        value,
        ...base64Forms(value),
        encodeURIComponent(value),
        inJson(value),
    ]);
    return unique(forms.flatMap((form) => [
        form,
        escapeMarkdown(form),
        inlineCode(form)
            .replace(/^`+|`+$|^<code>|<\/code>$/g, '')
            .trim(),
    ]));
}
/** Further forms in which programs of the field quote what they were told; for our own redaction. */
function rareForms(secret) {
    return unique(valuesOf(secret).flatMap((value) => [
        ...base64Forms(value).map((form) => form.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')),
        ...hexForms(value),
        ...urlForms(value),
        ...jsonForms(value),
        ...markupForms(value),
        value.replaceAll("'", "'\\''"),
        value.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
    ]));
}
/** The value and each line of it, as far as they are worth hiding. */
function valuesOf(secret) {
    return [secret, ...secret.split(/\r\n|\r|\n/)].map((value) => value.trim()).filter(isWorthMasking);
}
function isWorthMasking(value) {
    return value.length >= SHORTEST_SECRET && !COMMON_WORDS.has(value.toLowerCase()) && !isFrame(value);
}
/** What stands before and behind every key, and so tells nothing of one. */
function isFrame(text) {
    return /^-+(BEGIN|END)[ A-Z]*-*$/.test(text);
}
/**
 * Base64 of a text that contains the secret, as in `Basic base64(user:secret)`: what comes before it moves it by 0, 1 or
 * 2 bytes, and the characters that it shares with its neighbours are left out.
 */
function base64Forms(value) {
    const length = Buffer.byteLength(value);
    const shifted = [0, 1, 2].map((shift) => Buffer.from(`${'\0'.repeat(shift)}${value}`)
        .toString('base64')
        .slice(Math.ceil((8 * shift) / 6), Math.floor((8 * (shift + length)) / 6)));
    return [Buffer.from(value).toString('base64'), ...shifted];
}
function hexForms(value) {
    const hex = Buffer.from(value).toString('hex');
    const escaped = hex.replace(/../g, '%$&');
    return [hex, hex.toUpperCase(), escaped, escaped.toUpperCase()];
}
/** encodeURIComponent leaves `!'()*` alone, which others do not (RFC 3986, 2.2), and a form has `+` for a blank. */
function urlForms(value) {
    const percent = (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
    const strict = encodeURIComponent(value).replace(/[!'()*]/g, percent);
    const form = strict.replaceAll('~', '%7E').replaceAll('%20', '+');
    const small = (text) => text.replace(/%../g, (code) => code.toLowerCase());
    const twice = encodeURIComponent(encodeURIComponent(value));
    return [
        strict,
        small(strict),
        strict.replaceAll('%20', '+'),
        form,
        small(form),
        small(encodeURIComponent(value)),
        twice,
    ];
}
/** Go escapes `<>&`, PHP `/`, Python what is not ASCII; and JSON is often quoted in JSON. */
function jsonForms(value) {
    const json = inJson(value);
    const unit = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return [
        json,
        json.replace(/[<>&]/g, unit),
        json.replaceAll('/', '\\/'),
        json.replace(/[^\0-\x7f]/g, unit),
    ].flatMap((form) => [form, inJson(form)]);
}
/** The quotes of HTML and XML have many names. */
function markupForms(value) {
    const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return [
        text,
        text.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
        text.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
        text.replaceAll('"', '&quot;').replaceAll("'", '&#x27;'),
        text.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
        text.replaceAll('"', '&quot;'),
    ];
}
function inJson(value) {
    return JSON.stringify(value).slice(1, -1);
}
function unique(forms) {
    return [...new Set(forms)];
}

;// CONCATENATED MODULE: ./packages/diagnostics/src/squeeze.js
/**
 * What may stand inside of a secret and not part it for a reader: what nobody sees (Default_Ignorable_Code_Point of
 * Unicode, controls), and line ends, those of Markdown's tables included, with the blanks around them, as whatever wraps
 * long text puts there.
 */
const squeeze_UNSEEN = /[ \t]*(?:[\n\r\v\f\u0085\u2028\u2029]|<br>)\s*|[\0-\b\x0e-\x1f\x7f-\x9f]|\p{Default_Ignorable_Code_Point}/gu;
/** The same and blanks, which are what is left of line ends where lines were joined. */
const UNSEEN_OR_BLANK = new RegExp(String.raw `\s+|${squeeze_UNSEEN.source}`, 'gu');
/** A text without what matches the pattern. The places are only looked for when somebody asks: hardly any text has a secret. */
function squeeze(text, pattern) {
    const squeezed = text.replace(pattern, '');
    if (squeezed.length === text.length)
        return { text, at: (index) => index };
    let place;
    return {
        text: squeezed,
        at: (index) => {
            place ??= placeIn(text, pattern);
            return place(index);
        },
    };
}
function placeIn(text, pattern) {
    // Where each part that was kept begins, in the text and in what was made of it.
    const [origins, starts] = [[], []];
    let [end, start] = [0, 0];
    const keep = (until) => {
        if (until === end)
            return;
        origins.push(end);
        starts.push(start);
        start += until - end;
    };
    for (const { 0: unseen, index } of text.matchAll(pattern)) {
        keep(index);
        end = index + unseen.length;
    }
    keep(text.length);
    return (index) => {
        let [low, high] = [0, starts.length - 1];
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if ((starts[middle] ?? 0) <= index)
                low = middle;
            else
                high = middle - 1;
        }
        return (origins[low] ?? 0) + index - (starts[low] ?? 0);
    };
}

;// CONCATENATED MODULE: ./packages/diagnostics/src/redact.js


/** A piece of a secret that is worth hiding: less of it helps nobody, and looks like other words. */
const SHORTEST_PIECE = 12;
/** Replaces known secrets, and the forms in which they travel, by `***`. */
function createRedactor() {
    const told = new Set();
    const readings = [
        { pattern: squeeze_UNSEEN, shortest: 1, forms: new Set() },
        { pattern: UNSEEN_OR_BLANK, shortest: SHORTEST_PIECE, forms: new Set() },
    ];
    return {
        add(secret) {
            const forms = secretForms(secret).filter((form) => !told.has(form));
            for (const form of forms)
                told.add(form);
            for (const reading of readings)
                learn(reading, [...forms, ...rareForms(secret)]);
            return forms;
        },
        redact: (text) => told.size === 0
            ? text
            : cover(text, readings.flatMap((reading) => find(reading, text))),
    };
}
function learn({ pattern, shortest, forms }, secret) {
    for (const form of secret) {
        const { text } = squeeze(form, pattern);
        if (text.length >= shortest)
            forms.add(text);
    }
}
function find({ pattern, forms }, text) {
    const { text: squeezed, at } = squeeze(text, pattern);
    const found = [...forms].flatMap((form) => [...whole(squeezed, form), ...pieces(squeezed, form)]);
    return found.map(([start, end]) => [at(start), at(end - 1) + 1]);
}
function whole(text, form) {
    return placesOf(text, form).map((start) => [start, start + form.length]);
}
/** Beginnings of a form that end, and ends of it that begin, where a word does: there it was cut. */
function pieces(text, form) {
    if (form.length <= SHORTEST_PIECE)
        return [];
    const beginnings = placesOf(text, form.slice(0, SHORTEST_PIECE)).map((start) => {
        let length = SHORTEST_PIECE;
        while (length < form.length && text[start + length] === form[length])
            length += 1;
        return [start, start + length];
    });
    const ends = placesOf(text, form.slice(-SHORTEST_PIECE)).map((start) => {
        let length = SHORTEST_PIECE;
        while (length < form.length &&
            start > 0 &&
            text[start + SHORTEST_PIECE - length - 1] === form.at(-length - 1))
            length += 1;
        return [start + SHORTEST_PIECE - length, start + SHORTEST_PIECE];
    });
    return [
        ...beginnings.filter(([, end]) => !isWordCharacter(text[end])),
        ...ends.filter(([start]) => !isWordCharacter(text[start - 1])),
    ].filter(([start, end]) => !isFrame(text.slice(start, end)));
}
function isWordCharacter(char) {
    return char !== undefined && /[A-Za-z0-9]/.test(char);
}
function placesOf(text, part) {
    const places = [];
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
        places.push(at);
    return places;
}
/** The text with one `***` for each run of ranges that touch each other. */
function cover(text, ranges) {
    let shown = '';
    let end = 0;
    for (const [start, stop] of ranges.toSorted(([a], [b]) => a - b)) {
        if (start > end || shown === '')
            shown += `${text.slice(end, start)}***`;
        end = Math.max(end, stop);
    }
    return ranges.length === 0 ? text : shown + text.slice(end);
}

;// CONCATENATED MODULE: ./packages/diagnostics/src/failure.js
/** What went wrong, in the words of the `failure-kind` output that every action has. */
const FAILURE_KINDS = (/* unused pure expression or super */ null && ([
    'config',
    'auth',
    'not-found',
    'conflict',
    'rate-limit',
    'quota',
    'policy',
    'upstream',
    'workload',
    'timeout',
    'cancelled',
    'gate',
    'integrity',
    'internal',
]));
/** The kinds after which running the same step again can succeed without anybody changing anything. */
const RETRYABLE_KINDS = new Set(['rate-limit', 'upstream', 'timeout', 'conflict']);
/**
 * The one error type of this collection: a sentence in four parts, a kind and a code.
 * Everything that an action wants to tell its user about going wrong is one of these;
 * any other error that escapes is a defect and becomes `internal` (see {@link toFailure}).
 */
class Failure extends Error {
    details;
    constructor(details) {
        super(formatFailure(details), details.cause === undefined ? undefined : { cause: details.cause });
        this.name = 'Failure';
        this.details = details;
    }
    get kind() {
        return this.details.kind;
    }
    get code() {
        return this.details.code;
    }
    get retryable() {
        return this.details.retryable ?? RETRYABLE_KINDS.has(this.details.kind);
    }
}
/** The failure as one line: `what: on: seen. next`. */
function formatFailure({ what, on, seen, next }) {
    return `${what}: ${on}: ${withStop(seen)} ${withStop(next)}`.trim();
}
/** The same failure with more known about it, for a caller that adds outputs or a summary on the way up. */
function withDetails(failure, more) {
    const outputs = { ...more.outputs, ...failure.details.outputs };
    return new Failure({ ...failure.details, ...more, outputs });
}
/** The failure with which a cancelled action ends. */
function cancelled(cause) {
    return new Failure({
        kind: 'cancelled',
        code: 'CANCELLED',
        what: 'Cancelled',
        on: 'this step',
        seen: 'the runner asked it to stop',
        next: 'Run the job again to start over',
        cause,
    });
}
function withStop(sentence) {
    return sentence === '' || /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

;// CONCATENATED MODULE: ./packages/diagnostics/src/system.js
const SPACE = 'Free space on the runner, or take one with a larger disk; then run the step again';
const RIGHTS = 'Let the user of the runner read and write there; a step in a container may have left files of root behind';
/** By the names of errno(3). */
const STATES = {
    ENOSPC: { kind: 'quota', seen: 'the disk is full', next: SPACE },
    EDQUOT: { kind: 'quota', seen: 'the quota of the disk is used up', next: SPACE },
    EROFS: { kind: 'config', seen: 'the file system is read-only', next: RIGHTS },
    EACCES: { kind: 'config', seen: 'the user of the runner may not', next: RIGHTS },
    EPERM: { kind: 'config', seen: 'the user of the runner may not', next: RIGHTS },
};
/** Of a refused file; `EACCES` of a port or a program is not one. */
function systemTrouble(thrown) {
    const errno = textIn(thrown, 'code') ?? '';
    const state = Object.hasOwn(STATES, errno) ? STATES[errno] : undefined;
    const path = textIn(thrown, 'path');
    const isOfFile = path !== undefined || textIn(thrown, 'syscall') === 'write';
    if (state === undefined || !isOfFile || textIn(thrown, 'syscall')?.startsWith('spawn'))
        return undefined;
    return { ...state, errno, path, seen: `${state.seen} (${textIn(thrown, 'message') ?? errno})` };
}
function textIn(thrown, key) {
    if (typeof thrown !== 'object' || thrown === null)
        return undefined;
    const value = Reflect.get(thrown, key);
    return typeof value === 'string' ? value : undefined;
}

;// CONCATENATED MODULE: ./packages/diagnostics/src/thrown.js


/** Any thrown value as a {@link Failure}: a state of the machine by its own words, anything else as a defect of ours. */
function toFailure(thrown) {
    if (thrown instanceof Failure)
        return thrown;
    const trouble = systemTrouble(thrown);
    if (trouble !== undefined) {
        const { errno, path = 'a file of this step', ...words } = trouble;
        return new Failure({
            ...words,
            code: `SYSTEM_${errno}`,
            what: 'Cannot use a file',
            on: path,
            cause: thrown,
        });
    }
    return new Failure({
        kind: 'internal',
        code: 'INTERNAL',
        what: 'The action has a defect',
        on: isErrorLike(thrown) ? String(thrown.name) : typeof thrown,
        seen: messageOf(thrown),
        next: 'Please report this with the log of a run that has debug logging on',
        cause: thrown,
    });
}
/** The messages of an error and of all its causes, outermost first. A cycle ends the list. */
function causeChain(thrown) {
    const seen = new Set();
    const messages = [];
    for (let error = thrown; error !== undefined && !seen.has(error);) {
        seen.add(error);
        messages.push(messageOf(error));
        error = isErrorLike(error) ? error.cause : undefined;
    }
    return messages;
}
/** The message of any thrown value; an AggregateError says what it is made of. */
function messageOf(thrown) {
    if (!isErrorLike(thrown))
        return String(thrown);
    const { message, name, errors } = thrown;
    if (message === '' && Array.isArray(errors))
        return errors.map(messageOf).join('; ');
    return message === '' ? String(name) : message;
}
/** By its shape: an error of another realm (a worker, a vm context) is no instance of this realm's Error. */
function isErrorLike(thrown) {
    return (typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string');
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./packages/runner/src/declared.wire.js
/**
 * Digests by name, as `$GITHUB_ARTIFACTS_LIST` holds them (actions/runner ArtifactsListFileCommand.cs). It is empty where the
 * feature is off, and whatever else it may be one day says nothing.
 */
function parseDeclared(text) {
    const { subjects } = parseObject(text);
    const known = Array.isArray(subjects) ? subjects : [];
    return new Map(known.flatMap((subject) => {
        const { name, digest } = Object(subject);
        return typeof name === 'string' && typeof digest === 'string' ? [[name, digest]] : [];
    }));
}
function parseObject(text) {
    try {
        return Object(JSON.parse(text));
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./packages/runner/src/artifacts.js



/** actions/runner CreateArtifactsFileCommand.cs, `MaxAggregateArtifacts`. */
const MOST_OF_A_JOB = 500;
/**
 * Declares what the step has made in the runner's file `$GITHUB_ARTIFACTS` (actions/runner#4527, runner 2.336): from there
 * actions/attest takes its subjects where it is given none. A runner without that file gets nothing, and one whose feature is
 * off does not read it. What the runner would fail a good step for is left out and said: another digest under a name of this
 * job, and more than it takes.
 */
function declareSubjects(env, subjects, log) {
    const { GITHUB_ARTIFACTS: file = '', GITHUB_ARTIFACTS_LIST: list = '' } = env;
    if (file === '' || subjects.length === 0)
        return;
    try {
        const declared = parseDeclared(list === '' ? '' : (0,external_node_fs_namespaceObject.readFileSync)(list, 'utf8'));
        for (const { name, digest } of subjects) {
            const before = declared.get(name);
            if (before === digest)
                continue;
            const why = before === undefined ? tooMany(declared.size) : `a step before has declared it as ${before}`;
            if (why === undefined)
                (0,external_node_fs_namespaceObject.appendFileSync)(file, `oci://${name}@${digest}\n`);
            else
                log.warn(`${name}@${digest} is not declared for attestation, since ${why}: give actions/attest its name and digest`);
        }
    }
    catch (cause) {
        // What was done is done, and attestation can be given its subject in another way.
        log.warn(`The image could not be declared for attestation: ${messageOf(cause)}`);
    }
}
function tooMany(declared) {
    return declared < MOST_OF_A_JOB ? undefined : `the runner takes no more than ${MOST_OF_A_JOB} of a job`;
}

;// CONCATENATED MODULE: ./packages/diagnostics/src/timer.js
/** What a timer can hold, in milliseconds; a longer one fires at once (Node's TIMEOUT_MAX). */
const LONGEST_TIMER = 2 ** 31 - 1;
/** What a timer can be set to for a limit: a limit of many days is very long, not nothing. */
function timerOf(ms) {
    return Math.min(ms, LONGEST_TIMER);
}

;// CONCATENATED MODULE: ./packages/runner/src/cancel.js

/** The runner waits 7.5 s after SIGINT and 2.5 s after SIGTERM (actions/runner ProcessInvoker.cs); we are done before the first is over. */
const CANCEL_GRACE_MS = 4_500;
/** How long after the step's own deadline a wait may still say what it was waiting for. */
const DEADLINE_GRACE_MS = 2_000;
/**
 * Turns SIGINT and SIGTERM into an abort whose reason is the failure to end with.
 * What does not stop within the grace is left behind: `onGraceOver` has to end the process.
 * A second signal ends it at once.
 */
function listenForCancel(onGraceOver) {
    const controller = new AbortController();
    const timers = [];
    const abort = (failure) => {
        if (controller.signal.aborted)
            return;
        controller.abort(failure);
        timers.push(setTimeout(() => onGraceOver(failure), CANCEL_GRACE_MS));
    };
    const onSignal = () => (controller.signal.aborted ? onGraceOver(cancelled()) : abort(cancelled()));
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    return {
        signal: controller.signal,
        setDeadline(ms) {
            // Not a reason to live on: a step without work left has no verdict, and must say that at once.
            timers.push(setTimeout(() => abort(deadlineFailure(ms)), timerOf(ms + DEADLINE_GRACE_MS)).unref());
        },
        dispose() {
            for (const timer of timers)
                clearTimeout(timer);
            process.off('SIGINT', onSignal);
            process.off('SIGTERM', onSignal);
        },
    };
}
function deadlineFailure(ms) {
    return new Failure({
        kind: 'timeout',
        code: 'STEP_TIMEOUT',
        what: 'The step took too long',
        on: 'this step',
        seen: `its timeout of ${Math.round(ms / 1000)} s was over before its work was done`,
        next: 'Look at the last lines of the log for what it was doing, or give it more with the input `timeout`',
    });
}

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: ./packages/runner/src/memory.js

/** Bytes of both halves; what V8 takes at most by itself depends on its version and is 134 MB in Node 24. */
const MOST = 8 * 2 ** 20;
const EVERY_MS = 20;
/**
 * Keeps the young generation of this process from growing further once it is large enough: answers and buffers that are done
 * with are given back when it is full, so a small one holds fewer of them. Its size can only be given on the command line of
 * Node, which belongs to the runner; the factor by which it grows can be changed at any time, and one from the start on would
 * leave it at 1 MB, in which everything that lives for a moment is taken for something that stays.
 */
function limitYoungGeneration() {
    const timer = setInterval(() => {
        const young = (0,external_node_v8_namespaceObject.getHeapSpaceStatistics)().find(({ space_name: name }) => name === 'new_space');
        if (young !== undefined && young.space_size < MOST)
            return;
        (0,external_node_v8_namespaceObject.setFlagsFromString)('--semi-space-growth-factor=1');
        clearInterval(timer);
    }, EVERY_MS);
    timer.unref();
}

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function utils_toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: ./packages/runner/src/console.js


/** Redacted before and after: what is stripped from a text can be what kept a secret in it apart. */
function cleanText(text, redactor, limits) {
    return redactor.redact(sanitize_sanitizeText(redactor.redact(text), limits));
}
/**
 * The log of a step: every line is redacted and sanitized, so that no text of a server acts on the runner. Lines behind
 * the first are set off by a bar: mostly they are somebody else's, and problem matchers of other actions still listen.
 */
function createConsoleLog(redactor) {
    const clean = (message) => cleanText(message, redactor).replaceAll('\n', '\n│ ');
    return {
        debug: (message) => debug(clean(message)),
        info: (message) => info(clean(message)),
        warn: (message) => warning(clean(message)),
        group: (title, body) => group(clean(title), body),
    };
}
/** Secrets that steps before may have left in the environment; whatever reads them, a server can send them back. */
const SECRET_VARIABLES = [
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'MLFLOW_TRACKING_TOKEN',
    'MLFLOW_TRACKING_PASSWORD',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'GITHUB_TOKEN',
];
/** URLs of which a child or a proxy may repeat the password. */
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];
function maskEnvironment(env, mask) {
    for (const name of SECRET_VARIABLES)
        if ((env[name] ?? '') !== '')
            mask(env[name] ?? '');
    for (const name of PROXY_VARIABLES.flatMap((proxy) => [proxy, proxy.toLowerCase()]))
        for (const password of passwordsIn(env[name] ?? ''))
            mask(password);
}
/** The password of a URL as it stands there and as it is meant. */
function passwordsIn(url) {
    const password = URL.canParse(url) ? new URL(url).password : '';
    return password === '' ? [] : [password, percentDecoded(password)];
}
function percentDecoded(text) {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => Buffer.from(codes.replaceAll('%', ''), 'hex').toString());
}
/**
 * Tells the runner to hide a secret, in every form in which it can show.
 * The runner masks what it has been told of from that line on, so this comes before any other use.
 */
function createMask(redactor) {
    return (secret) => {
        for (const form of redactor.add(secret))
            setSecret(form);
    };
}

;// CONCATENATED MODULE: ./packages/runner/src/context.js
/** Reads the default variables of GitHub Actions. */
function readContext(env) {
    const of = (name) => env[name] ?? '';
    const serverUrl = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
    return {
        repository: of('GITHUB_REPOSITORY'),
        sha: of('GITHUB_SHA'),
        ref: of('GITHUB_REF'),
        refProtected: of('GITHUB_REF_PROTECTED') === 'true',
        eventName: of('GITHUB_EVENT_NAME'),
        eventPath: of('GITHUB_EVENT_PATH'),
        actor: of('GITHUB_ACTOR'),
        workflow: of('GITHUB_WORKFLOW'),
        job: of('GITHUB_JOB'),
        runId: of('GITHUB_RUN_ID'),
        runAttempt: of('GITHUB_RUN_ATTEMPT'),
        serverUrl,
        apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com',
        runUrl: of('GITHUB_RUN_ID') === ''
            ? ''
            : `${serverUrl}/${of('GITHUB_REPOSITORY')}/actions/runs/${of('GITHUB_RUN_ID')}`,
        workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
        temp: env['RUNNER_TEMP'] ?? process.env['TMPDIR'] ?? '/tmp',
    };
}

;// CONCATENATED MODULE: ./packages/text/src/count.js
/** `1 object`, `3 objects`, `1,204 objects`: for sentences. */
function formatCount(count, noun, plural = `${noun}s`) {
    return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

;// CONCATENATED MODULE: ./packages/runner/src/json-pieces.js
/**
 * Items of a list, or plain values of an object, that become text together: texts of 20 kB go with the young generation, those of
 * 200 kB stay until the next mark.
 */
const GROUP = 100;
/** What `JSON.stringify(value)` says, in pieces: the list of a hundred thousand files is never one text. */
function* jsonPieces(value, group = GROUP) {
    if (value === null || typeof value !== 'object')
        return yield JSON.stringify(value);
    if (isList(value)) {
        yield '[';
        for (let at = 0; at < value.length; at += group)
            yield `${at > 0 ? ',' : ''}${JSON.stringify(value.slice(at, at + group)).slice(1, -1)}`;
        return yield ']';
    }
    let [opening, plain] = ['{', []];
    const entries = Object.entries(value);
    for (const [at, [key, item]] of entries.entries()) {
        const isNested = item !== null && typeof item === 'object';
        if (item !== undefined && !isNested)
            plain.push([key, item]);
        if (plain.length > 0 && (isNested || plain.length >= group || at === entries.length - 1)) {
            yield `${opening}${JSON.stringify(Object.fromEntries(plain)).slice('{'.length, -'}'.length)}`;
            [opening, plain] = [',', []];
        }
        if (!isNested)
            continue;
        yield `${opening}${JSON.stringify(key)}:`;
        opening = ',';
        yield* jsonPieces(item, group);
    }
    yield opening === '{' ? '{}' : '}';
}
/**
 * What `JSON.stringify(value, undefined, 2)` says, in pieces that end between the items of a long list: no secret reaches from
 * one into the next, and whoever hides secrets in a text needs several times its memory.
 * @param group items of a list that make it long
 */
function* prettyPieces(value, group = GROUP) {
    if (value === null || typeof value !== 'object' || isList(value))
        return yield JSON.stringify(value, undefined, 2);
    let text = '';
    for (const [key, item] of Object.entries(value)) {
        if (item === undefined)
            continue;
        text += `${text === '' ? '{' : ','}\n  ${JSON.stringify(key)}: `;
        if (!isList(item) || item.length <= group)
            text += inside(item);
        else {
            for (let at = 0; at < item.length; at += group) {
                if (at > 0)
                    yield text;
                text = `${at > 0 ? ',' : `${text}[`}${inside(item.slice(at, at + group)).slice('['.length, -END.length)}`;
            }
            text += END;
        }
    }
    yield text === '' ? '{}' : `${text}\n}`;
}
const END = '\n  ]';
/** No text in JSON has an end of line. */
function inside(value) {
    return JSON.stringify(value, undefined, 2).replaceAll('\n', '\n  ');
}
function isList(value) {
    return Array.isArray(value);
}

;// CONCATENATED MODULE: ./packages/runner/src/fit.js

/**
 * JSON text below `limit` bytes: the longest lists and texts are cut, step by step, until it fits.
 * A cut list stays a list of the same items; an object with cut lists says so in its key `truncated`:
 * `{"files":[…],"truncated":{"files":12043}}` gives the true counts.
 */
function fitJson(value, limit) {
    const whole = shorterThan(value, limit);
    if (whole !== undefined)
        return { text: whole, isCut: false };
    const isHopeless = leastLength(value, limit) >= limit;
    for (let keep = isHopeless ? 0 : 1_000; keep > 0; keep = Math.floor(keep / 2)) {
        const text = shorterThan(cut(value, keep), limit);
        if (text !== undefined)
            return { text, isCut: true };
    }
    return { text: JSON.stringify({ truncated: true, bytes: jsonBytes(value) }), isCut: true };
}
/** How long the JSON of a value is; that of a hundred thousand files is never in memory as a whole. */
function jsonBytes(value) {
    let bytes = 0;
    for (const piece of jsonPieces(value))
        bytes += Buffer.byteLength(piece);
    return bytes;
}
function shorterThan(value, limit) {
    let [text, bytes] = ['', 0];
    for (const piece of jsonPieces(value)) {
        bytes += Buffer.byteLength(piece);
        if (bytes >= limit)
            return undefined;
        text += piece;
    }
    return text;
}
/**
 * At least so many characters stay of a value, however short its lists and texts are cut: those of its keys. An object of
 * ten thousand of them would be cut ten times for nothing.
 * @param enough where counting may stop
 */
function leastLength(value, enough) {
    if (value === null || typeof value !== 'object' || isList(value))
        return 0;
    let length = 0;
    for (const [key, item] of Object.entries(value)) {
        if (item !== undefined)
            length += key.length + '"":'.length + leastLength(item, enough);
        if (length >= enough)
            break;
    }
    return length;
}
/** A text below `limit` bytes; a cut one says how long it was. */
function fitText(value, limit) {
    const bytes = Buffer.from(value);
    if (bytes.length < limit)
        return { text: value, isCut: false };
    const kept = bytes.subarray(0, limit - 64).toString('utf8');
    return { text: `${kept.replace(/\ufffd+$/, '')}… (${bytes.length} bytes in all)`, isCut: true };
}
function cut(value, keep) {
    if (typeof value === 'string')
        return value.length > keep * 20 ? `${value.slice(0, keep * 20)}…` : value;
    if (value === null || typeof value !== 'object')
        return value;
    if (isList(value))
        return value.slice(0, keep).map((item) => cut(item, keep));
    const counts = {};
    const entries = Object.entries(value).map(([key, item]) => {
        if (item !== undefined && item !== null && typeof item === 'object' && isList(item) && item.length > keep)
            counts[key] = item.length;
        return [key, item === undefined ? undefined : cut(item, keep)];
    });
    const truncated = Object.keys(counts).length === 0 ? {} : { truncated: counts };
    return { ...Object.fromEntries(entries), ...truncated };
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./packages/runner/src/kept-file.js



/** Path of a file below the runner's temporary folder that no other step uses; the folder is made. */
function keptFile(folder, action, what) {
    (0,external_node_fs_namespaceObject.mkdirSync)(folder, { recursive: true });
    return (0,external_node_path_namespaceObject.join)(folder, `${action}-${process.pid}-${what}.json`);
}
/** Writes a value as JSON into a file of its own, without secrets, piece by piece, and returns its path. */
function keepJson(what, value, { action, temp, redactor }) {
    const path = keptFile(temp, action, what);
    const file = (0,external_node_fs_namespaceObject.openSync)(path, 'w', 0o600);
    try {
        for (const piece of prettyPieces(value))
            writeAll(file, redactor.redact(piece));
        writeAll(file, '\n');
        return path;
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(file);
    }
}
function writeAll(file, text) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;)
        at += (0,external_node_fs_namespaceObject.writeSync)(file, bytes, at);
}

;// CONCATENATED MODULE: ./packages/runner/src/outputs.js





/** The longest single output, in bytes. */
const OUTPUT_LIMIT = 64 * 1024;
/**
 * GitHub takes 1 MB of outputs of a job, counted as UTF-16
 * (docs.github.com/en/actions/using-jobs/defining-outputs-for-jobs); a step leaves half of it to others.
 */
const OUTPUTS_LIMIT = 512 * 1024;
/** Shorter ones are never cut: digests, ids, addresses. */
const SHORT_OUTPUT = 1024;
/** The texts of the outputs that are given, all of them cut to the same length until they fit together. */
function planOutputs(outputs) {
    const given = Object.entries(outputs).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]);
    for (let limit = OUTPUT_LIMIT;; limit /= 2) {
        const fitted = given.map(([name, value]) => ({ name, value, ...fit(value, limit) }));
        const length = fitted.reduce((sum, { name, text }) => sum + name.length + text.length, 0);
        if (2 * length >= OUTPUTS_LIMIT && limit > SHORT_OUTPUT)
            continue;
        const cut = fitted.filter(({ isCut }) => isCut);
        return {
            texts: new Map(fitted.map(({ name, text }) => [name, text])),
            cut: new Map(cut.map(({ name, value, text }) => [name, `${name} (${lossOf(value, text)})`])),
        };
    }
}
/**
 * Writes outputs to the runner's file; an undefined value is not written. Where one is cut, and no output `<name>-file`
 * tells where it is whole, it is kept in a file below `temp`; the result is a sentence that says so.
 * @throws Failure OUTPUT_FILE, `quota` where the disk is full
 */
function writeOutputs(outputs, place) {
    const { texts, cut } = planOutputs(outputs);
    try {
        for (const [name, text] of texts)
            setOutput(name, place.redactor.redact(text));
    }
    catch (cause) {
        throw outputFailure(cause);
    }
    const lost = [...cut.keys()].filter((name) => !Object.hasOwn(outputs, `${name}-file`));
    if (lost.length === 0)
        return undefined;
    const whole = Object.fromEntries(lost.map((name) => [name, outputs[name]]));
    const list = lost.map((name) => cut.get(name)).join(', ');
    return `Too long for an output, and cut: ${list}. ${keepWhole(whole, place)}`;
}
/** What was done is done: that the whole cannot be kept takes nothing of it back. */
function keepWhole(whole, place) {
    try {
        return `The whole is in ${keepJson('outputs', whole, place)}`;
    }
    catch (cause) {
        return `The whole could not be kept: ${messageOf(cause)}`;
    }
}
function fit(value, limit) {
    return typeof value === 'object' ? fitJson(value, limit) : fitText(String(value), limit);
}
function lossOf(value, text) {
    if (typeof value !== 'object')
        return formatCount(Buffer.byteLength(String(value)), 'byte');
    if (!Array.isArray(value))
        return formatCount(jsonBytes(value), 'byte');
    const kept = JSON.parse(text);
    const items = Array.isArray(kept) ? kept.length : 0;
    return `${items.toLocaleString('en-US')} of ${formatCount(value.length, 'item')}`;
}
function outputFailure(cause) {
    const trouble = systemTrouble(cause);
    return new Failure({
        kind: trouble?.kind ?? 'config',
        code: 'OUTPUT_FILE',
        what: 'Cannot write the outputs of the step',
        on: `${process.env['GITHUB_OUTPUT']}, the file of GITHUB_OUTPUT`,
        seen: `${trouble?.seen ?? messageOf(cause)}. The work of the step was done before, and stays done`,
        next: trouble?.next ??
            'Run it on a runner that gives this file to its steps; a container needs the folders of the runner mounted',
        cause,
    });
}

;// CONCATENATED MODULE: ./packages/diagnostics/src/failure-markdown.js

/** What a summary says of a failure below its title: why, where, and what to do; an empty line behind each. */
function failureMarkdown({ on, seen, next }) {
    return [
        `**Why:** ${seen.split('\n').map(escapeMarkdown).join('<br>')}`,
        '',
        `**Where:** ${escapeMarkdown(on)}`,
        '',
        `**Do this:** ${adviceMarkdown(next)}`,
        '',
    ];
}

;// CONCATENATED MODULE: ./packages/runner/src/summary.js



/** The runner drops the whole summary of a step above 1 MiB. */
const SUMMARY_LIMIT = 1024 * 1024;
/**
 * Appends Markdown to the job summary, if the runner keeps one; too long a text is cut and says so. At once, not in a
 * while as `core.summary` does: a step that ends by an error which nobody waited for has no while.
 */
function writeSummary(markdown, redactor) {
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
    if (markdown === '' || file === '')
        return;
    (0,external_node_fs_namespaceObject.appendFileSync)(file, `${fitMarkdown(redactor.redact(markdown))}\n`);
}
/** Said below the verdict: at the end it could stand inside of a block that was cut. */
function fitMarkdown(markdown) {
    const bytes = Buffer.from(markdown);
    if (bytes.length < SUMMARY_LIMIT)
        return markdown;
    const kept = bytes.subarray(0, SUMMARY_LIMIT - 256).toString('utf8');
    const [verdict = '', ...rest] = kept.slice(0, kept.lastIndexOf('\n')).split('\n');
    const notice = `> This summary was ${formatCount(bytes.length, 'byte')} long and is cut; GitHub shows no more than 1 MiB of a step.`;
    return [verdict, '', notice, ...rest].join('\n');
}
/** What a failed step shows when the action has nothing better: verdict, reason, next step, identity. */
function failureSummary(action, failure) {
    const { what, kind, code } = failure.details;
    return [
        `## ❌ ${escapeMarkdown(action)}: ${escapeMarkdown(what)}`,
        '',
        ...failureMarkdown(failure.details),
        '| kind | code | run it again unchanged? |',
        '|:--|:--|:--|',
        `| ${inlineCode(kind)} | ${inlineCode(code)} | ${failure.retryable ? 'yes, it may pass' : 'no, it would fail again'} |`,
        '',
    ].join('\n');
}

;// CONCATENATED MODULE: ./packages/runner/src/outcome.js






/** Exit status of a cancelled step, as a shell reports SIGINT. */
const CANCELLED_EXIT_CODE = 130;
function createOutcome(action, redactor) {
    let settled = false;
    let wish = true;
    process.exitCode = 1;
    const kept = {};
    const log = createConsoleLog(redactor);
    const { temp } = readContext(process.env);
    const write = (outputs) => {
        const cut = writeOutputs({ ...kept, ...outputs }, { action, temp, redactor });
        if (cut !== undefined)
            log.warn(cut);
    };
    /** What is for people changes no verdict when it cannot be written. */
    const attempt = (what, body) => {
        try {
            body();
        }
        catch (cause) {
            log.warn(`${what} could not be written: ${messageOf(cause)}`);
        }
    };
    const summarize = (markdown) => {
        attempt('The job summary', () => writeSummary(markdown, redactor));
    };
    const outcome = {
        get settled() {
            return settled;
        },
        keep(name, value) {
            kept[name] = value;
        },
        wantSummary(wanted) {
            wish = wanted;
        },
        succeed(outputs, summary) {
            if (settled)
                return;
            write(outputs);
            settled = true;
            process.exitCode = 0;
            if (wish === true)
                summarize(summary);
        },
        fail(failure) {
            if (settled)
                return;
            settled = true;
            process.exitCode = failure.kind === 'cancelled' ? CANCELLED_EXIT_CODE : 1;
            annotate(action, failure, { redactor, log });
            const { kind, retryable, details } = failure;
            attempt('The outputs', () => write({ ...details.outputs, 'failure-kind': kind, retryable }));
            if (wish !== false)
                summarize(details.summary ?? failureSummary(action, failure));
        },
    };
    process.on('exit', () => outcome.fail(endedWithoutVerdict(action)));
    return outcome;
}
/** The one `::error::` of a step: the title says what failed, the text the other three parts. */
function annotate(action, failure, { redactor, log }) {
    const clean = (text, maxLines) => cleanText(text, redactor, { maxLines, maxLineLength: 900 });
    const { what, on, seen, next } = failure.details;
    for (const message of causeChain(failure.cause))
        log.info(`caused by: ${message}`);
    if (isDebug() && failure.stack !== undefined)
        log.debug(failure.stack);
    // Each for itself: however much was seen, what to do is said.
    const message = [clean(`${on}\nSeen: ${seen}`, 36), clean(`Do: ${next}`, 4)].join('\n');
    error(message, { title: clean(`${action}: ${what}`, 40) });
}
function endedWithoutVerdict(action) {
    return new Failure({
        kind: 'internal',
        code: 'NO_VERDICT',
        what: 'The step ended without a verdict',
        on: action,
        seen: 'the process ended, or ran out of work, before the action had a verdict',
        next: 'Do not trust what this step should have done. Please report this with the log of a run that has debug logging on',
    });
}

;// CONCATENATED MODULE: ./packages/runner/src/result.js


function createResultWriter(action, world, redactor) {
    const keepReport = (report) => {
        try {
            return keepJson('report', report, { action, temp: world.context.temp, redactor });
        }
        catch (cause) {
            // What was done is done: a report that cannot be kept takes nothing of it back.
            world.log.warn(`The report file could not be written: ${messageOf(cause)}`);
            return undefined;
        }
    };
    const reportOutputs = (report) => report === undefined ? {} : { report, 'report-file': keepReport(report) };
    return {
        outputsOf: async ({ outputs, report, lineage }) => ({
            ...outputs,
            ...reportOutputs(report),
            lineage: stamp(action, lineage, world),
        }),
        async withReport(failure) {
            if (failure.details.report === undefined)
                return failure;
            const outputs = { ...failure.details.outputs, ...reportOutputs(failure.details.report) };
            return new Failure({ ...failure.details, cause: failure.cause, outputs });
        },
    };
}
/** Who did it is the same for every fragment of lineage, so the runner says it. */
function stamp(action, lineage, { context, now }) {
    if (lineage === undefined)
        return undefined;
    const { repository, sha, runUrl, actor } = context;
    const at = new Date(now()).toISOString();
    return { action, repository, sha, 'run-url': runUrl, actor, at, ...Object(lineage) };
}

;// CONCATENATED MODULE: ./packages/text/src/nearest.js
/** The name that is nearest to what was written, if it is near enough to be a slip. */
function nearestName(written, names) {
    const near = names
        .map((name) => ({ name, distance: editDistance(normal(written), normal(name)) }))
        .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
        .sort((left, right) => left.distance - right.distance);
    return near[0]?.name;
}
/** `learning-rate`, `learningRate` and `learning_rate` are one name to a person. */
function normal(name) {
    return name.toLowerCase().replace(/[-_\s]/g, '');
}
/** Levenshtein: insertions, deletions and replacements. */
function editDistance(left, right) {
    let row = Array.from({ length: right.length + 1 }, (_, index) => index);
    for (const [i, letter] of [...left].entries()) {
        const next = [i + 1];
        for (const [j, other] of [...right].entries()) {
            const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
            next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
        }
        row = next;
    }
    return row.at(-1) ?? 0;
}

;// CONCATENATED MODULE: ./packages/runner/src/undeclared.js


const PREFIX = 'INPUT_';
/** An input's name as it stands behind `INPUT_`: blanks as underscores, hyphens kept (actions/runner, Handler.cs). */
function handedOnName(name) {
    return name.replace(/ /g, '_').toUpperCase();
}
/**
 * Names of all inputs that the runner has handed on. It hands on whatever stands in `with:`, declared or not, and only
 * warns; a variable `INPUT_…` of the job's own `env:` looks the same.
 */
function namesHandedOn(env) {
    return Object.keys(env).flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
}
/** Records a problem for each name that is not declared: what was meant by it is silently left away otherwise. */
function refuseUndeclared(handedOn, declared, elsewhere, problem) {
    const known = new Set(declared.map(handedOnName));
    for (const name of handedOn.filter((one) => !known.has(handedOnName(one)))) {
        const written = name.toLowerCase();
        problem(sanitizeLine(written, 60), `is no input of this action${insteadOf(written, declared, elsewhere)}`);
    }
}
function insteadOf(written, declared, elsewhere) {
    const other = new Map(Object.entries(elsewhere)).get(written);
    if (other !== undefined)
        return `: ${other}`;
    const near = nearestName(written, declared);
    if (near !== undefined)
        return `; did you mean \`${near}\`?`;
    const variable = sanitizeLine(PREFIX + handedOnName(written), 66);
    return `; take it out of the \`with:\` of this step, or ${variable} out of \`env:\``;
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: ./packages/http/src/direct.js

/** Undefined where only the client can: through a proxy, with a certificate of its own, or by a resolver of its own. */
function directLine(hasProxy, added, { clientCertificate, serverName, lookup }) {
    if (hasProxy || clientCertificate !== undefined || serverName !== undefined || lookup !== undefined)
        return undefined;
    return { ca: added.length === 0 ? undefined : [...(0,external_node_tls_namespaceObject.getCACertificates)('default'), ...added] };
}

;// CONCATENATED MODULE: ./packages/http/src/agents.js






const agents_PROXY_VARIABLES = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
];
/** Longer than Node's 250 ms for each address of a host: a slow handshake is no reason to give an address up. */
const ADDRESS_ATTEMPT_TIMEOUT = 1_000;
/**
 * Agents that take the proxy from the world's environment (Node's own `proxyEnv`, which knows NO_PROXY),
 * trust `caCert` in addition to Node's roots, and verify every certificate.
 * @throws Failure `config` where a certificate or the proxy's URL cannot be read.
 */
function createAgents(world, options) {
    const proxyEnv = proxyFrom(world);
    const shared = {
        proxyEnv,
        autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT,
    };
    const added = options.caCert === undefined ? [] : parseCertificates(options.caCert);
    const context = secureContext(added, options);
    const tls = {
        ...shared,
        ...(context === undefined ? {} : { secureContext: context }),
        ...(options.serverName === undefined ? {} : { servername: options.serverName }),
    };
    const kept = {
        http: new external_node_http_namespaceObject.Agent({ ...shared, keepAlive: true }),
        https: new external_node_https_namespaceObject.Agent({ ...tls, keepAlive: true }),
    };
    const fresh = { http: new external_node_http_namespaceObject.Agent(shared), https: new external_node_https_namespaceObject.Agent(tls) };
    const release = endTunnelsWith(world.signal, [kept.https, fresh.https]);
    return {
        ...kept,
        fresh,
        // NO_PROXY alone is none.
        direct: directLine(Object.keys(proxyEnv).some(isProxy), added, options),
        close: () => {
            release();
            for (const agent of [kept.http, kept.https, fresh.http, fresh.https])
                agent.destroy();
        },
    };
}
/**
 * Ends the connections to a proxy that has not made its tunnel yet when the step is cancelled. They belong to no
 * request so far (lib/https.js, createConnection), so nothing else would, and they would hold the process.
 * Returns what undoes it.
 */
function endTunnelsWith(signal, agents) {
    const pending = new Set();
    const onAbort = () => {
        for (const socket of pending)
            socket.destroy();
    };
    for (const agent of agents) {
        const connect = agent.createConnection.bind(agent);
        agent.createConnection = (options, callback) => {
            const socket = connect(options, (error, stream) => {
                if (socket)
                    pending.delete(socket);
                callback?.(error, stream);
            });
            if (socket) {
                pending.add(socket);
                socket.once('close', () => pending.delete(socket));
            }
            return socket;
        };
    }
    signal.addEventListener('abort', onAbort, { once: true });
    return () => signal.removeEventListener('abort', onAbort);
}
/** The proxy variables alone; a password in one is masked before it is used. */
function proxyFrom(world) {
    const found = {};
    for (const name of agents_PROXY_VARIABLES) {
        const value = world.env[name];
        if (value === undefined || value === '')
            continue;
        found[name] = value;
        if (isProxy(name))
            maskPassword(world, name, value);
    }
    return found;
}
function isProxy(variable) {
    return variable.toLowerCase() !== 'no_proxy';
}
function maskPassword(world, name, value) {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
        throw badConfig('HTTP_BAD_PROXY', name, 'the value is no http or https URL', `Set ${name} to a URL such as http://proxy.example.com:3128`);
    }
    maskPasswordOf(world, url);
}
/** Registers the password in a URL, in both of its spellings. */
function maskPasswordOf(world, url) {
    if (url.password === '')
        return;
    world.mask(url.password);
    try {
        world.mask(decodeURIComponent(url.password));
    }
    catch {
        // Not percent-encoded, so there is no other spelling.
    }
}
/** One context for all connections: reading the roots takes tens of milliseconds, so only where it is needed. */
function secureContext(added, { clientCertificate }) {
    if (added.length === 0 && clientCertificate === undefined)
        return undefined;
    try {
        return (0,external_node_tls_namespaceObject.createSecureContext)({
            ...(added.length === 0 ? {} : { ca: [...(0,external_node_tls_namespaceObject.getCACertificates)('default'), ...added] }),
            ...(clientCertificate === undefined
                ? {}
                : { cert: clientCertificate.certificate, key: clientCertificate.key }),
        });
    }
    catch (error) {
        throw badConfig('HTTP_BAD_CERTIFICATE', 'the client certificate', messageOf(error), 'Give a PEM certificate and its PEM key');
    }
}
/** @param on what gives them, for sentences @throws Failure `config` where there is none, or one that cannot be read */
function parseCertificates(pem, on = 'ca-cert') {
    const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    if (blocks.length > 0 && blocks.every(isCertificate))
        return [...blocks];
    throw badConfig('HTTP_BAD_CA', on, blocks.length === 0 ? 'it holds no PEM certificate' : 'a certificate in it cannot be read', 'Give the PEM text of the CA, from "-----BEGIN CERTIFICATE-----" on; several may follow each other');
}
function isCertificate(pem) {
    try {
        return new external_node_crypto_namespaceObject.X509Certificate(pem).raw.length > 0;
    }
    catch {
        return false;
    }
}
function badConfig(code, on, seen, next) {
    return new Failure({ kind: 'config', code, what: 'Cannot set up the connection', on, seen, next });
}

;// CONCATENATED MODULE: ./packages/http/src/content.js
/** What a page begins with, behind what XML and comments may put before it. An XML document of another kind is none. */
const PAGE_START = /^(?:\s|<!--[\s\S]*?-->|<\?xml[\s\S]*?\?>)*<(?:!doctype\s+html|(?:html|head|body|title|meta|script|form)[\s/>])/i;
/** Bytes of a body by which it is judged. */
const HEAD_BYTES = 1_024;
/** Whether the body is a web page, by its type or, where a proxy mislabels it, by how it begins. */
function isHtml({ headers, body }) {
    const type = mediaType(headers);
    if (type === 'text/html' || type === 'application/xhtml+xml')
        return true;
    return PAGE_START.test(headOf(body));
}
/** Whether the first bytes of a body do not tell yet: more of them may make it a page. */
function mayBeginPage(body) {
    return isBlank(body) || (body.length < HEAD_BYTES && /^\s*</.test(headOf(body)));
}
/** Whether there is nothing but white space, which any text may begin with. */
function isBlank(body) {
    return body.toString('utf8').trim() === '';
}
function headOf(body) {
    return body
        .subarray(0, HEAD_BYTES)
        .toString('utf8')
        .replace(/^\ufeff/, '');
}
/** The media type in lower case, without its parameters; empty where there is none. */
function mediaType(headers) {
    return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

;// CONCATENATED MODULE: external "node:dns"
const external_node_dns_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");
;// CONCATENATED MODULE: ./packages/http/src/trouble.js
/** One failed attempt; never leaves this package: it is retried, or explained by a Failure. */
class Trouble extends Error {
    trouble;
    detail;
    response;
    constructor(trouble, { detail = '', cause, response } = {}) {
        super(trouble, cause === undefined ? undefined : { cause });
        this.name = 'Trouble';
        this.trouble = trouble;
        this.detail = detail;
        this.response = response;
    }
}
const BY_CODE = {
    ENOTFOUND: 'name-unknown',
    EAI_AGAIN: 'name-temporary',
    ECONNREFUSED: 'refused',
    EHOSTUNREACH: 'unreachable',
    ENETUNREACH: 'unreachable',
    ENETDOWN: 'unreachable',
    EADDRNOTAVAIL: 'unreachable',
    ETIMEDOUT: 'connect-timeout',
    ERR_SOCKET_CONNECTION_TIMEOUT: 'connect-timeout',
    ECONNRESET: 'reset',
    ECONNABORTED: 'reset',
    EPIPE: 'reset',
    ERR_STREAM_PREMATURE_CLOSE: 'cut',
    HPE_INVALID_EOF_STATE: 'cut',
    Z_BUF_ERROR: 'cut',
    // Node's and OpenSSL's names of X509_V_ERR_*.
    DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-unknown-ca',
    SELF_SIGNED_CERT_IN_CHAIN: 'tls-unknown-ca',
    UNABLE_TO_GET_ISSUER_CERT: 'tls-unknown-ca',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-unknown-ca',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-unknown-ca',
    CERT_UNTRUSTED: 'tls-unknown-ca',
    CERT_HAS_EXPIRED: 'tls-expired',
    CERT_NOT_YET_VALID: 'tls-expired',
    ERR_TLS_CERT_ALTNAME_INVALID: 'tls-wrong-host',
    HOSTNAME_MISMATCH: 'tls-wrong-host',
    EPROTO: 'tls',
    ERR_PROXY_INVALID_CONFIG: 'proxy-auth',
    ERR_INVALID_CHAR: 'bad-request',
    ERR_INVALID_HTTP_TOKEN: 'bad-request',
    ERR_UNESCAPED_CHARACTERS: 'bad-request',
};
/**
 * Any error of a socket, of TLS, of the HTTP parser or of the decompressor as a {@link Trouble};
 * an error without a code is no network error and is thrown on as it is.
 */
function toTrouble(thrown, headersSeen = false) {
    if (thrown instanceof Trouble)
        return thrown;
    const code = codeOf(thrown);
    if (code === undefined)
        throw thrown;
    const trouble = code === 'ERR_PROXY_TUNNEL' ? tunnelTrouble(thrown) : nameOf(code);
    if (trouble === 'reset' && headersSeen)
        return new Trouble('cut', { detail: code, cause: thrown });
    return new Trouble(trouble, { detail: detailOf(trouble, code, thrown), cause: thrown });
}
/** The `code` of an error, which Node sets on everything that the system or OpenSSL reports. */
function codeOf(thrown) {
    if (typeof thrown !== 'object' || thrown === null || !('code' in thrown))
        return undefined;
    return typeof thrown.code === 'string' ? thrown.code : undefined;
}
function nameOf(code) {
    const known = BY_CODE[code];
    if (known !== undefined)
        return known;
    if (code.startsWith('HPE_'))
        return 'malformed';
    if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('CERT_'))
        return 'tls';
    if (code.startsWith('Z_'))
        return 'malformed';
    return 'network';
}
/** What Node sets on the error of a tunnel (lib/https.js): the proxy's status, or the time that was waited for it. */
function tunnelTrouble(thrown) {
    if (ownValue(thrown, 'statusCode') === 407)
        return 'proxy-auth';
    return ownValue(thrown, 'proxyTunnelTimeout') === undefined ? 'proxy' : 'connect-timeout';
}
/** Behind a proxy it can be the proxy that has no name or takes no connection, so the thing that failed is told. */
function detailOf(trouble, code, thrown) {
    if (trouble === 'refused')
        return joined(code, 'at port', ownValue(thrown, 'port'));
    if (trouble === 'name-unknown' || trouble === 'name-temporary')
        return joined(code, 'for', ownValue(thrown, 'hostname'));
    return code;
}
function joined(code, preposition, value) {
    return typeof value === 'string' || typeof value === 'number' ? `${code} ${preposition} ${value}` : code;
}
function ownValue(thrown, key) {
    if (typeof thrown !== 'object' || thrown === null)
        return undefined;
    return Object.getOwnPropertyDescriptor(thrown, key)?.value;
}

;// CONCATENATED MODULE: ./packages/http/src/redirects.js

const MAX_REDIRECTS = 3;
/** What may travel to another host. A list of what may not would miss the header that carries tomorrow's credential. */
const PORTABLE_HEADERS = new Set([
    'accept',
    'accept-encoding',
    'accept-language',
    'if-none-match',
    'range',
    'user-agent',
]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/**
 * The request that follows a redirect (RFC 9110, 15.4), or undefined where the answer is none.
 * @throws Trouble where following it would leak a credential or a body, or lead where nothing may lead.
 */
function planRedirect(sent, answer, hops, { trust, sameHostOnly }) {
    if (!REDIRECTS.has(answer.status))
        return undefined;
    if (answer.location === undefined)
        throw new Trouble('malformed', { detail: `HTTP ${answer.status} without a Location` });
    if (!URL.canParse(answer.location, sent.url.href)) {
        throw new Trouble('redirect-refused', { detail: 'its Location is no URL' });
    }
    const url = new URL(answer.location, sent.url);
    url.username = '';
    url.password = '';
    if (hops >= MAX_REDIRECTS)
        throw new Trouble('redirect-loop', { detail: `the last one to ${url.host}` });
    const sameHost = url.origin === sent.url.origin || isUpgrade(sent.url, url);
    if (sameHostOnly && !sameHost)
        throw new Trouble('redirect-elsewhere', { detail: url.host });
    refuseUnsafe(sent.url, url, trust);
    return sameHost ? followHere(sent, url, answer.status) : followElsewhere(sent, url);
}
function followHere(sent, url, status) {
    if (isReading(sent))
        return { ...sent, url };
    if (status === 307 || status === 308) {
        if (sent.body === undefined || Buffer.isBuffer(sent.body))
            return { ...sent, url };
        throw new Trouble('redirect-refused', { detail: `what was streamed cannot be sent again to ${url.host}` });
    }
    if (status === 303)
        return {
            ...sent,
            url,
            method: 'GET',
            headers: withoutBodyHeaders(sent.headers),
            body: undefined,
            idempotent: true,
        };
    throw new Trouble('redirect-refused', { detail: `a ${sent.method} may not become a GET of ${url.host}` });
}
function followElsewhere(sent, url) {
    if (!isReading(sent))
        throw new Trouble('redirect-refused', { detail: `a ${sent.method} may not go on to ${url.host}` });
    const headers = Object.fromEntries(Object.entries(sent.headers).filter(([name]) => PORTABLE_HEADERS.has(name)));
    return { ...sent, url, headers };
}
function refuseUnsafe(from, to, trust) {
    if (from.protocol === 'https:' && to.protocol === 'http:') {
        throw new Trouble('redirect-refused', { detail: `from https to http at ${to.host}` });
    }
    const refusal = trust.refusal(to);
    if (refusal !== undefined)
        throw new Trouble('redirect-refused', { detail: refusal });
}
/** http to https at the default ports of the same host is the same server asking for more safety. */
function isUpgrade(from, to) {
    return (from.hostname === to.hostname &&
        from.protocol === 'http:' &&
        to.protocol === 'https:' &&
        from.port === '' &&
        to.port === '');
}
function isReading({ method }) {
    return method === 'GET' || method === 'HEAD';
}
function withoutBodyHeaders(headers) {
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')));
}

;// CONCATENATED MODULE: ./packages/http/src/send-body.js

/** Until the connection stands its own clock runs, whatever is made or waited for meanwhile. */
function createSendClock(start, pause) {
    let [isConnected, isSending] = [false, false];
    const tick = () => {
        if (!isConnected)
            return;
        if (isSending)
            start();
        else
            pause();
    };
    return {
        connected() {
            isConnected = true;
            tick();
        },
        sending() {
            isSending = true;
            tick();
        },
        waiting() {
            isSending = false;
            tick();
        },
    };
}
/** In slices, because only a write that was taken says that the server still reads. */
function sendBody(request, body, clock) {
    clock.sending();
    let offset = 0;
    const sendNext = () => {
        const slice = body.subarray(offset, offset + SLICE);
        offset += slice.length;
        if (offset >= body.length)
            request.end(slice);
        // An error comes as the request's own.
        else
            request.write(slice, (error) => error ?? resume());
    };
    const resume = () => {
        clock.sending();
        sendNext();
    };
    sendNext();
}
const SLICE = 256 * 1024;
/**
 * Sends a body as it is made: the next piece is asked for when the last one was taken. One is held back until it is
 * known whether another follows, so that a body that cannot be made to its end, or not with the length that was
 * announced, never looks whole.
 */
async function sendPieces(request, { pieces, length }, sender) {
    let made = 0;
    let held = Buffer.alloc(0);
    try {
        for await (const piece of pieces) {
            made += piece.length;
            if (made > length)
                break;
            if (held.length > 0) {
                sender.clock.sending();
                if (!(await write(request, held)) || sender.isAnswered())
                    return;
                sender.clock.waiting();
            }
            held = piece;
        }
        if (made !== length)
            throw wrongLength(made, length);
        sender.clock.sending();
        request.end(held);
    }
    catch (thrown) {
        sender.abandon(thrown);
    }
}
/** Whether it was taken; why not is the request's own error. */
function write(request, piece) {
    return new Promise((resolve) => {
        const onClose = () => resolve(false);
        request.once('close', onClose);
        request.write(piece, (error) => {
            request.off('close', onClose);
            resolve(!error);
        });
    });
}
function wrongLength(made, length) {
    const seen = made > length ? 'more than that came' : `only ${made} came`;
    return new Trouble('wrong-length', { detail: `${length} bytes were announced, and ${seen}` });
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./packages/http/src/address.js

/** Where no URL that came from a server may lead: this machine, its link and cloud metadata services. */
const SPECIAL = new external_node_net_namespaceObject.BlockList();
SPECIAL.addSubnet('0.0.0.0', 8, 'ipv4');
SPECIAL.addSubnet('127.0.0.0', 8, 'ipv4');
SPECIAL.addSubnet('169.254.0.0', 16, 'ipv4');
SPECIAL.addAddress('100.100.100.200', 'ipv4');
SPECIAL.addAddress('::', 'ipv6');
SPECIAL.addAddress('::1', 'ipv6');
SPECIAL.addSubnet('fe80::', 10, 'ipv6');
// EC2's metadata, DNS and time services: docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
SPECIAL.addSubnet('fd00:ec2::', 32, 'ipv6');
const LOOPBACK = new external_node_net_namespaceObject.BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
const SPECIAL_NAMES = new Set(['localhost', 'metadata', 'metadata.google.internal', 'instance-data']);
/**
 * Whether a URL's host is loopback, link-local or a metadata service, by address or by a name that always is.
 * `URL` has already turned decimal, octal, hexadecimal and short forms of IPv4 into four numbers.
 */
function isSpecialHost(hostname) {
    const host = bare(hostname);
    if ((0,external_node_net_namespaceObject.isIP)(host) !== 0)
        return isSpecialAddress(host);
    return SPECIAL_NAMES.has(host) || host.endsWith('.localhost');
}
/** Whether an IP address is one that {@link isSpecialHost} refuses, IPv4 inside IPv6 included. */
function isSpecialAddress(address) {
    const plain = address.replace(/%.*$/, '');
    if ((0,external_node_net_namespaceObject.isIP)(plain) === 4)
        return SPECIAL.check(plain, 'ipv4');
    if ((0,external_node_net_namespaceObject.isIP)(plain) !== 6)
        return false;
    const embedded = embeddedIPv4(plain);
    return SPECIAL.check(plain, 'ipv6') || (embedded !== undefined && SPECIAL.check(embedded, 'ipv4'));
}
function isLoopback(hostname) {
    const host = bare(hostname);
    const family = (0,external_node_net_namespaceObject.isIP)(host);
    if (family === 0)
        return host === 'localhost' || host.endsWith('.localhost');
    return LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
/** The IPv4 address inside a mapped (::ffff:0:0/96), compatible (::/96), NAT64 (64:ff9b::/96) or 6to4 (2002::/16) address. */
function embeddedIPv4(address) {
    // URL writes every IPv6 address in the one canonical form of RFC 5952, dotted quads included.
    const groups = expand(new URL(`http://[${address}]/`).hostname.slice(1, -1));
    const head = groups.slice(0, 6).join(':');
    const pair = EMBEDDINGS.has(head)
        ? groups.slice(6, 8)
        : groups[0] === 0x2002
            ? groups.slice(1, 3)
            : undefined;
    return pair?.flatMap((group) => [group >> 8, group & 255]).join('.');
}
const EMBEDDINGS = new Set(['0:0:0:0:0:65535', '0:0:0:0:0:0', `${0x64}:${0xff9b}:0:0:0:0`]);
function expand(canonical) {
    const [left = '', right] = canonical.split('::');
    const start = left === '' ? [] : left.split(':');
    const end = right === undefined || right === '' ? [] : right.split(':');
    const middle = right === undefined ? [] : new Array(8 - start.length - end.length).fill('0');
    return [...start, ...middle, ...end].map((group) => Number.parseInt(group, 16));
}
function bare(hostname) {
    return hostname
        .toLowerCase()
        .replace(/^\[|\]$/g, '')
        .replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./packages/http/src/trust.js



/** @throws Failure `config` where an origin is no http(s) URL. */
function createTrust(trustedOrigins) {
    const urls = trustedOrigins.map(parseOrigin);
    const origins = new Set(urls.map((url) => url.origin));
    const hosts = new Set(urls.map((url) => url.hostname));
    const plainHosts = new Set(urls.filter((url) => url.protocol === 'http:').map((url) => url.hostname));
    return {
        isConfiguredHost: (url) => hosts.has(url.hostname),
        isConfiguredOrigin: (url) => origins.has(url.origin),
        refusal(url) {
            if (url.protocol !== 'https:' && url.protocol !== 'http:')
                return `"${url.protocol}" is neither https nor http`;
            if (url.protocol === 'http:' && !plainHosts.has(url.hostname)) {
                return `${url.host} was given by a server and is not reached by https`;
            }
            if (!hosts.has(url.hostname) && isSpecialHost(url.hostname)) {
                return `${url.host} is an address of this machine or of a metadata service`;
            }
            return undefined;
        },
    };
}
/** A resolver that gives no special addresses, for hosts that were not configured: a name can point anywhere. */
function guardLookup(lookup) {
    return (hostname, options, callback) => lookup(hostname, options, (error, address, family) => {
        const addresses = typeof address === 'string' ? [address] : (address ?? []).map((entry) => entry.address);
        if (error === null && addresses.some(isSpecialAddress)) {
            const refused = new Trouble('forbidden-address', {
                detail: `${hostname} resolves to an address of this machine, of its link or of a metadata service`,
            });
            callback(refused, address, family);
        }
        else
            callback(error, address, family);
    });
}
function parseOrigin(origin) {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:'))
        return url;
    throw new Failure({
        kind: 'config',
        code: 'HTTP_BAD_URL',
        what: 'Cannot use this server',
        on: 'its URL',
        seen: 'it is no http or https URL',
        next: 'Write it with its scheme, as in https://host.example.com',
    });
}

;// CONCATENATED MODULE: ./packages/http/src/attempt.js








/**
 * Sends one request and follows its redirects, up to the head of the last answer.
 * @throws Trouble
 */
async function openAnswer(outgoing, wire, deadlines, sameHostOnly) {
    let sent = outgoing;
    for (let hops = 0;; hops++) {
        const answer = await sendOnce(sent, wire, deadlines);
        const next = nextHop(sent, answer, hops, { trust: wire.trust, sameHostOnly });
        if (next === undefined)
            return answer;
        answer.message.destroy();
        sent = next;
    }
}
function nextHop(sent, answer, hops, rules) {
    try {
        return planRedirect(sent, { status: answer.status, location: answer.headers['location'] }, hops, rules);
    }
    catch (error) {
        answer.message.destroy();
        throw error;
    }
}
function sendOnce(sent, wire, deadlines) {
    return new Promise((resolve, reject) => {
        const fail = (error) => {
            try {
                reject(deadlines.reason() ?? toTrouble(error));
            }
            catch (defect) {
                reject(defect);
            }
        };
        try {
            const secure = sent.url.protocol === 'https:';
            const request = (secure ? external_node_https_namespaceObject.request : external_node_http_namespaceObject.request)(requestOptions(sent, wire, deadlines));
            const ready = secure ? 'secureConnect' : 'connect';
            // A server may answer before it has read the request; from then on the clocks are the answer's.
            let isAnswered = false;
            const enter = (phase) => {
                if (!isAnswered)
                    deadlines.enter(phase);
            };
            const clock = createSendClock(() => enter('send'), () => isAnswered || deadlines.leave());
            enter('connect');
            request.on('socket', (socket) => {
                if (request.reusedSocket)
                    clock.connected();
                else
                    socket.once(ready, clock.connected);
            });
            request.on('finish', () => enter('headers'));
            request.on('error', fail);
            request.on('response', (message) => {
                isAnswered = true;
                // A server that refuses early need not take the rest, and no more of it is made.
                message.once('close', () => request.writableFinished || request.destroy());
                deadlines.attach(message);
                deadlines.leave();
                resolve(toAnswer(message, sent));
            });
            deadlines.attach({
                destroy(error) {
                    request.destroy(error);
                    // While a proxy makes the tunnel the request has no socket, and says nothing when it is destroyed.
                    fail(error);
                },
            });
            const { body = Buffer.alloc(0) } = sent;
            if (Buffer.isBuffer(body))
                return sendBody(request, body, clock);
            const abandon = (reason) => {
                // Where the step ended both ways, its reason is the one that counts.
                reject(deadlines.reason() ?? reason);
                request.destroy();
            };
            void sendPieces(request, body, { clock, isAnswered: () => isAnswered, abandon });
        }
        catch (error) {
            fail(error);
        }
    });
}
function requestOptions(sent, { agents, trust, clientHeaders, lookup }, { limits }) {
    const { url } = sent;
    const kept = sent.idempotent ? agents : agents.fresh;
    const resolve = lookup ?? external_node_dns_namespaceObject.lookup;
    const headers = trust.isConfiguredOrigin(url) ? { ...clientHeaders, ...sent.headers } : sent.headers;
    const length = sent.body === undefined ? {} : { 'content-length': String(sent.body.length) };
    return {
        method: sent.method,
        protocol: url.protocol,
        hostname: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port,
        path: `${url.pathname}${url.search}`,
        agent: url.protocol === 'https:' ? kept.https : kept.http,
        headers: { ...headers, ...length },
        ...(url.username === '' && url.password === '' ? {} : { auth: userInfo(url) }),
        // Ends the wait for a proxy's tunnel; for everything else there are the deadlines.
        timeout: timerOf(limits.connect),
        // Not on the agent: there it would win over this one.
        lookup: trust.isConfiguredHost(url) ? resolve : guardLookup(resolve),
    };
}
function userInfo(url) {
    try {
        return `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    }
    catch (error) {
        throw new Trouble('bad-request', {
            detail: 'the user name or password in the URL is not percent-encoded',
            cause: error,
        });
    }
}
function toAnswer(message, sent) {
    const url = new URL(sent.url);
    url.username = '';
    url.password = '';
    return { status: message.statusCode ?? 0, headers: joinHeaders(message), message, url, method: sent.method };
}
function joinHeaders(message) {
    const joined = {};
    for (const [name, values] of Object.entries(message.headersDistinct)) {
        if (name !== '__proto__')
            joined[name] = (values ?? []).join(', ');
    }
    return joined;
}

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
;// CONCATENATED MODULE: ./packages/http/src/words.js

/** Binary units, one decimal: `16 MiB`, `1.5 KiB`. */
function formatBytes(bytes) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
    return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
/** The beginning of a text from a server on one line, quoted, for a message. */
function excerpt(text, length = 200) {
    const line = sanitizeLine(text
        .slice(0, 4 * length)
        .replace(/\s+/g, ' ')
        .trim(), Number.POSITIVE_INFINITY);
    return line.length > length ? `"${line.slice(0, length)}…"` : `"${line}"`;
}
/** Seconds with one decimal, for waits: `1.2 s`. */
function formatSeconds(ms) {
    return `${Number((ms / 1000).toFixed(1))} s`;
}
/** How far one clock is before or behind another: `63 min ahead of`. */
function formatSkew(ms) {
    return `${Math.round(Math.abs(ms) / 60_000)} min ${ms > 0 ? 'ahead of' : 'behind'}`;
}

;// CONCATENATED MODULE: ./packages/http/src/body.js




/** Asked for wherever the caller has not named an encoding; only what was asked for is undone. */
const ACCEPT_ENCODING = 'gzip, br';
/**
 * The whole body under the idle deadline, decompressed.
 * @throws Trouble `cut` when it ends early, `too-large` beyond the cap (the rest is not read)
 */
async function readBody(answer, rules, deadlines) {
    const { message, method, status, url } = answer;
    const declared = Number(answer.headers['content-length']);
    if (method !== 'HEAD' && declared > rules.maxBytes) {
        message.destroy();
        throw new Trouble('too-large', {
            detail: `${formatBytes(declared)} announced, ${formatBytes(rules.maxBytes)} allowed`,
        });
    }
    const chunks = [];
    let bytes = 0;
    for await (const chunk of body_pieces(answer, rules.decompress, deadlines)) {
        bytes += chunk.length;
        if (bytes > rules.maxBytes) {
            throw new Trouble('too-large', { detail: `more than the ${formatBytes(rules.maxBytes)} allowed` });
        }
        chunks.push(chunk);
    }
    return {
        status,
        headers: headersOfBody(answer, rules.decompress),
        body: Buffer.concat(chunks),
        url: url.href,
    };
}
/** The body of an error, as far as it can be had: what is wrong with it must not hide the status. */
async function readErrorBody(answer, rules, deadlines) {
    const chunks = [];
    let bytes = 0;
    try {
        for await (const chunk of body_pieces(answer, rules.decompress, deadlines)) {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes >= ERROR_BODY_BYTES)
                break;
        }
    }
    catch (error) {
        if (!(error instanceof Trouble))
            throw error;
    }
    const body = Buffer.concat(chunks).subarray(0, ERROR_BODY_BYTES);
    return {
        status: answer.status,
        headers: headersOfBody(answer, rules.decompress),
        body,
        url: answer.url.href,
    };
}
const ERROR_BODY_BYTES = 64 * 1024;
/** Piece by piece; leaving the loop early ends the connection. @throws Trouble, or why the attempt was ended */
async function* body_pieces(answer, decompress, deadlines) {
    const { message } = answer;
    try {
        deadlines.enter('idle');
        const source = decompress ? decompressed(answer) : message;
        for await (const chunk of source) {
            // The time that the reader takes is not the server's.
            deadlines.leave();
            yield chunk;
            deadlines.enter('idle');
        }
        if (!message.complete)
            throw new Trouble('cut');
    }
    catch (error) {
        throw deadlines.reason() ?? toTrouble(error, true);
    }
    finally {
        deadlines.leave();
    }
}
function decompressed(answer) {
    const { message, headers } = answer;
    const encoding = isBodiless(answer) ? undefined : headers['content-encoding']?.toLowerCase();
    // An error reaches the reader by way of the last stream; the callback only keeps it from being thrown.
    if (encoding === 'gzip' || encoding === 'x-gzip')
        return (0,external_node_stream_namespaceObject.pipeline)(message, (0,external_node_zlib_namespaceObject.createGunzip)(), () => { });
    if (encoding === 'br')
        return (0,external_node_stream_namespaceObject.pipeline)(message, (0,external_node_zlib_namespaceObject.createBrotliDecompress)(), () => { });
    if (encoding === undefined || encoding === 'identity')
        return message;
    throw new Trouble('malformed', { detail: `content-encoding ${encoding}, which was not asked for` });
}
/** Nothing at all is not even an empty gzip file. */
function isBodiless({ method, status, headers }) {
    return method === 'HEAD' || status === 204 || status === 304 || headers['content-length'] === '0';
}
function headersOfBody({ headers }, decompress) {
    if (!decompress || headers['content-encoding'] === undefined)
        return headers;
    const { 'content-encoding': _encoding, 'content-length': _length, ...rest } = headers;
    return rest;
}

;// CONCATENATED MODULE: ./packages/http/src/deadlines.js


function startDeadlines(limits, signals) {
    let target;
    let reason;
    let phaseTimer;
    const end = (error) => {
        reason ??= error;
        target?.destroy(reason);
    };
    const expire = (phase, limit) => end(new Trouble(`${phase}-timeout`, { detail: `${limit} ms` }));
    const onAbort = () => end(new Aborted(signals.find((signal) => signal.aborted)?.reason));
    for (const signal of signals)
        signal.addEventListener('abort', onAbort, { once: true });
    const totalTimer = limits.total === undefined ? undefined : setTimeout(expire, timerOf(limits.total), 'total', limits.total);
    if (signals.some((signal) => signal.aborted))
        onAbort();
    return {
        limits,
        enter(phase) {
            clearTimeout(phaseTimer);
            phaseTimer = setTimeout(expire, timerOf(limits[phase]), phase, limits[phase]);
        },
        leave: () => clearTimeout(phaseTimer),
        attach(next) {
            target = next;
            if (reason !== undefined)
                next.destroy(reason);
        },
        reason: () => reason,
        close() {
            clearTimeout(phaseTimer);
            clearTimeout(totalTimer);
            for (const signal of signals)
                signal.removeEventListener('abort', onAbort);
        },
    };
}
/** The caller's or the step's signal ended the attempt; the cause is the signal's reason. */
class Aborted extends Error {
    constructor(reason) {
        super('aborted', { cause: reason });
        this.name = 'Aborted';
    }
}

;// CONCATENATED MODULE: ./packages/http/src/evidence.js



/** Headers under which servers and proxies name a request in their logs, the most specific first. */
const REQUEST_ID_HEADERS = [
    'x-amzn-requestid',
    'x-amz-request-id',
    'x-github-request-id',
    'x-request-id',
    'x-correlation-id',
    'cf-ray',
];
const MESSAGE_KEYS = ['message', 'Message', 'error_description', 'error', 'detail'];
const LARGEST_SKEW = 5 * 60_000;
/** `request id 4f2…`, or nothing where the server gave none. */
function requestIdOf({ headers }) {
    for (const name of REQUEST_ID_HEADERS) {
        const id = headers[name];
        if (id !== undefined && id !== '')
            return `request id ${sanitizeLine(id, 128)}`;
    }
    return '';
}
/** The server's own words, quoted: the message of a JSON error, the title of a page, else how the body begins. */
function serverMessage(response) {
    const text = response.body.toString('utf8');
    if (text.trim() === '')
        return '';
    if (isHtml(response))
        return htmlTitle(text);
    return excerpt(jsonMessage(text) ?? text);
}
/** Signatures and tokens of a machine whose clock is wrong are refused, and nothing in the refusal says so. */
function skewRemark({ status, headers }, now) {
    if (status !== 401 && status !== 403)
        return '';
    const serverNow = Date.parse(headers['date'] ?? '');
    if (Number.isNaN(serverNow) || Math.abs(now - serverNow) <= LARGEST_SKEW)
        return '';
    return `the clock of this machine is ${formatSkew(now - serverNow)} the server's`;
}
function htmlTitle(html) {
    const title = /<title[^>]*>([^<]{1,200})/i.exec(html)?.[1];
    return title === undefined ? 'an HTML page' : `an HTML page with the title ${excerpt(title)}`;
}
function jsonMessage(text) {
    const value = parseLeniently(text);
    if (typeof value !== 'object' || value === null)
        return undefined;
    for (const key of MESSAGE_KEYS) {
        const message = Object.getOwnPropertyDescriptor(value, key)?.value;
        if (typeof message === 'string' && message !== '')
            return message;
    }
    return undefined;
}
function parseLeniently(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/http/src/meanings.js
const REACH = 'Check that the server runs, that host and port are right, and that the runner may reach it';
const SLOW = 'Run the step again; if the server is always this slow, raise request-timeout';
const CA_HINT = 'If the server uses a private CA, pass its PEM certificate as ca-cert';
const PROXY_HINT = 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the runner';
/** Every trouble but an error status, which `status.ts` explains. */
const MEANINGS = {
    'name-unknown': {
        kind: 'config',
        code: 'HTTP_HOST_UNKNOWN',
        seen: 'the name does not resolve',
        next: 'Check the spelling; a private endpoint needs a runner inside its network',
    },
    'name-temporary': {
        kind: 'upstream',
        code: 'HTTP_DNS',
        seen: 'the name server did not answer',
        next: 'Run the step again; check the DNS of the runner if it stays',
    },
    refused: { kind: 'upstream', code: 'HTTP_REFUSED', seen: 'the connection was refused', next: REACH },
    unreachable: {
        kind: 'upstream',
        code: 'HTTP_UNREACHABLE',
        seen: 'there is no route to the host',
        next: REACH,
    },
    reset: {
        kind: 'upstream',
        code: 'HTTP_RESET',
        seen: 'the connection was closed before the answer',
        next: REACH,
    },
    cut: {
        kind: 'upstream',
        code: 'HTTP_BODY_CUT',
        seen: 'the body of the answer ended early',
        next: 'Run the step again; if it stays, look at the server or at a proxy before it',
    },
    malformed: {
        kind: 'upstream',
        code: 'HTTP_MALFORMED',
        seen: 'the answer is not valid HTTP',
        next: 'Check scheme and port: https may be due where http was written',
        retryable: false,
    },
    'connect-timeout': {
        kind: 'timeout',
        code: 'HTTP_CONNECT_TIMEOUT',
        seen: 'the connection was not made in time',
        next: REACH,
    },
    'send-timeout': {
        kind: 'timeout',
        code: 'HTTP_SEND_TIMEOUT',
        seen: 'the server stopped taking the body of the request',
        next: SLOW,
    },
    'headers-timeout': {
        kind: 'timeout',
        code: 'HTTP_HEADERS_TIMEOUT',
        seen: 'the server accepted the request and stayed silent',
        next: SLOW,
    },
    'idle-timeout': {
        kind: 'timeout',
        code: 'HTTP_IDLE_TIMEOUT',
        seen: 'the body of the answer stopped coming',
        next: SLOW,
    },
    'total-timeout': {
        kind: 'timeout',
        code: 'HTTP_TIMEOUT',
        seen: 'the whole answer did not arrive in time',
        next: SLOW,
    },
    'tls-unknown-ca': {
        kind: 'config',
        code: 'TLS_UNKNOWN_CA',
        seen: 'its certificate was signed by a CA that is not trusted here',
        next: CA_HINT,
    },
    'tls-expired': {
        kind: 'config',
        code: 'TLS_EXPIRED',
        seen: 'its certificate has expired or is not valid yet',
        next: 'Renew the certificate, or correct the clock of the runner; ca-cert does not help here',
    },
    'tls-wrong-host': {
        kind: 'config',
        code: 'TLS_WRONG_HOST',
        seen: 'its certificate is for another host',
        next: 'Use the host name that the certificate carries, or add this one to the certificate; ca-cert does not help here',
    },
    tls: {
        kind: 'config',
        code: 'TLS_FAILED',
        seen: 'the TLS handshake failed',
        next: `Check that this port speaks TLS. ${CA_HINT}`,
    },
    'proxy-auth': {
        kind: 'config',
        code: 'HTTP_PROXY_AUTH',
        seen: 'the proxy wants other credentials (407)',
        next: `Put user and password into the proxy URL. ${PROXY_HINT}`,
    },
    proxy: { kind: 'upstream', code: 'HTTP_PROXY', seen: 'the proxy made no tunnel to it', next: PROXY_HINT },
    'too-large': {
        kind: 'upstream',
        code: 'HTTP_BODY_TOO_LARGE',
        seen: 'the answer is larger than any that is expected here',
        next: 'Check that the URL is that of the API',
        retryable: false,
    },
    empty: {
        kind: 'upstream',
        code: 'HTTP_EMPTY',
        seen: 'the answer is empty where JSON is due',
        next: 'Check that the URL is that of the API, and what a proxy before it does',
    },
    'not-json': {
        kind: 'upstream',
        code: 'HTTP_NOT_JSON',
        seen: 'the answer is not JSON',
        next: 'Check that the URL is that of the API, and what a proxy before it does',
    },
    'login-page': {
        kind: 'auth',
        code: 'HTTP_LOGIN_PAGE',
        seen: 'an HTML page answered where the API is due, as the login page of an SSO proxy does',
        next: 'Check the URL, and pass what the proxy before it wants (extra-headers), or use a URL that bypasses it',
    },
    'redirect-elsewhere': {
        kind: 'auth',
        code: 'HTTP_LOGIN_REDIRECT',
        seen: 'it redirects to another host where the API is due, as a login does',
        next: 'Check the URL, and pass what the proxy before it wants (extra-headers), or use a URL that bypasses it',
    },
    'redirect-refused': {
        kind: 'policy',
        code: 'HTTP_REDIRECT_REFUSED',
        seen: 'it redirects where nothing may be sent',
        next: 'Configure the URL to which it redirects, if that is the right server',
    },
    'redirect-loop': {
        kind: 'upstream',
        code: 'HTTP_REDIRECT_LOOP',
        seen: 'it redirects again and again',
        next: 'Open the URL in a browser and configure the address at which it ends',
        retryable: false,
    },
    'forbidden-address': {
        kind: 'policy',
        code: 'HTTP_ADDRESS_REFUSED',
        seen: 'a server gave a URL that may not be followed',
        next: 'Check the server that gave the URL; configure the host if it is yours',
    },
    'bad-request': {
        kind: 'config',
        code: 'HTTP_BAD_REQUEST',
        seen: 'the URL or a header of the request is malformed',
        next: 'Check the URL and the headers for line breaks and special characters',
    },
    'wrong-length': {
        kind: 'upstream',
        code: 'HTTP_BODY_LENGTH',
        seen: 'what was to be sent has another length than was announced',
        next: 'Run the step again; if it stays, look at where the data comes from',
    },
    network: { kind: 'upstream', code: 'HTTP_NETWORK', seen: 'the connection failed', next: REACH },
};

;// CONCATENATED MODULE: ./packages/http/src/status.js
const BY_STATUS = {
    401: { kind: 'auth', next: 'Check the token or password: it is missing, wrong or expired' },
    403: { kind: 'auth', next: 'Grant this identity the permission that the request needs' },
    404: { kind: 'not-found', next: 'Check the name, and that this identity may see it' },
    407: { kind: 'config', next: 'Put user and password into the proxy URL (HTTPS_PROXY, HTTP_PROXY)' },
    408: { kind: 'upstream', next: 'Run the step again' },
    409: { kind: 'conflict', next: 'Run the step again; somebody else may have changed it at the same time' },
    410: { kind: 'not-found', next: 'It is gone: check the name and the API version' },
    412: { kind: 'conflict', next: 'Run the step again; it changed after it was read' },
    423: { kind: 'conflict', next: 'Run the step again when the lock is released' },
    429: { kind: 'rate-limit', next: 'Run the step again later, or ask for a higher limit' },
    501: { kind: 'upstream', next: 'The server does not support this: check its version', retryable: false },
};
const REFUSED = {
    kind: 'config',
    next: 'The server does not accept this request: check the inputs it was made from',
};
const BROKEN = {
    kind: 'upstream',
    next: 'Run the step again; if it stays, look at the log of the server with the request id',
};
/** What an error status means where the caller does not know better (RFC 9110, 15.5 and 15.6). */
function explainStatus({ status }) {
    return BY_STATUS[status] ?? (status >= 500 ? BROKEN : REFUSED);
}

;// CONCATENATED MODULE: ./packages/http/src/explain.js





/** The trouble that ended a request as the sentence that its user reads. */
function explain(trouble, request, circumstances) {
    if (trouble.trouble === 'status' && trouble.response !== undefined) {
        return explainAnswer(trouble.response, request, circumstances);
    }
    const meaning = MEANINGS[trouble.trouble === 'status' ? 'network' : trouble.trouble];
    const details = [trouble.detail, attemptsRemark(circumstances)].filter((part) => part !== '');
    return new Failure({
        kind: meaning.kind,
        code: meaning.code,
        what: request.what,
        on: circumstances.host,
        seen: details.length === 0 ? meaning.seen : `${meaning.seen} (${details.join('; ')})`,
        next: meaning.next,
        ...(meaning.retryable === undefined ? {} : { retryable: meaning.retryable }),
        cause: trouble.cause ?? trouble,
    });
}
function explainAnswer(response, request, circumstances) {
    const meaning = explainStatus(response);
    const own = request.explain?.(response);
    const remarks = [
        requestIdOf(response),
        attemptsRemark(circumstances),
        skewRemark(response, circumstances.now),
    ];
    const remark = remarks.filter((part) => part !== '').join('; ');
    const said = own?.seen ?? serverMessage(response);
    return new Failure({
        kind: own?.kind ?? meaning.kind,
        code: `HTTP_${response.status}`,
        what: request.what,
        on: circumstances.host,
        seen: `HTTP ${response.status}${remark === '' ? '' : ` (${remark})`}${said === '' ? '' : `: ${said}`}`,
        next: own?.next ?? meaning.next,
        ...(own?.kind === undefined && meaning.retryable !== undefined ? { retryable: meaning.retryable } : {}),
    });
}
/** A JSON body that is not what the API answers: another server, a proxy, another version. */
function explainShape(problem, response, request, host) {
    return new Failure({
        kind: 'upstream',
        code: 'HTTP_UNEXPECTED_SHAPE',
        what: request.what,
        on: host,
        seen: `HTTP ${response.status} with JSON of another shape: ${problem}; the body begins ${excerpt(response.body.toString())}`,
        next: 'Check that the URL is that of the API and that its version is supported',
        retryable: false,
    });
}
/** How a step ends whose request was aborted: by the runner, or by a deadline that the caller set. */
function explainAbort(aborted, request, host) {
    const reason = aborted.cause;
    if (reason instanceof Failure)
        return reason;
    if (!isTimeout(reason))
        return cancelled(reason);
    return new Failure({
        kind: 'timeout',
        code: 'HTTP_TIMEOUT',
        what: request.what,
        on: host,
        seen: 'there was no answer in time',
        next: SLOW,
        cause: reason,
    });
}
/** `AbortSignal.timeout` gives a DOMException of this name. */
function isTimeout(reason) {
    return typeof reason === 'object' && reason !== null && 'name' in reason && reason.name === 'TimeoutError';
}
function attemptsRemark({ attempts }) {
    return attempts > 1 ? `${attempts} attempts` : '';
}

;// CONCATENATED MODULE: ./packages/http/src/plan.js




const SECOND = 1_000;
const MAX_BYTES = 16 * 1024 * 1024;
const REPEATABLE = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
/** @throws Trouble where the URL is none or may not be requested */
function planRequest(world, options, trust, request, rules) {
    const url = parseUrl(request.url);
    maskPasswordOf(world, url);
    const refusal = trust.refusal(url);
    if (refusal !== undefined)
        throw new Trouble('forbidden-address', { detail: refusal });
    const method = request.method ?? 'GET';
    const asked = lowerCaseNames(request.headers ?? {});
    const decompress = rules.compress && asked['accept-encoding'] === undefined;
    const { body, type } = encodeBody(request.body);
    const headers = {
        'user-agent': options.userAgent ?? 'mlops-actions',
        accept: rules.accept,
        ...(decompress ? { 'accept-encoding': ACCEPT_ENCODING } : {}),
        ...(type === undefined ? {} : { 'content-type': type }),
        ...asked,
    };
    return {
        request,
        outgoing: { method, url, headers, body, idempotent: request.idempotent ?? REPEATABLE.has(method) },
        limits: planLimits(options, request),
        signals: request.signal === undefined ? [world.signal] : [world.signal, request.signal],
        maxBytes: request.maxBytes ?? options.maxBytes ?? MAX_BYTES,
        retries: isStreamed(body) ? 0 : (request.retries ?? options.retries ?? 5),
        deadline: options.deadline,
        decompress,
        tolerate: new Set(request.tolerate),
    };
}
/** Whether a URL sends what it carries in the clear to another machine. */
function isPlainElsewhere(url) {
    return url.protocol === 'http:' && !isLoopback(url.hostname);
}
/** Names the place without anything that can be secret; `its URL` where it is none. */
function hostOf(url) {
    return URL.canParse(String(url)) ? new URL(url).host : 'its URL';
}
function lowerCaseNames(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
function planLimits(options, request) {
    return {
        connect: options.connectTimeout ?? 10 * SECOND,
        send: request.idleTimeout ?? options.idleTimeout ?? 30 * SECOND,
        headers: request.headersTimeout ?? options.headersTimeout ?? 30 * SECOND,
        idle: request.idleTimeout ?? options.idleTimeout ?? 30 * SECOND,
        total: totalOf(options, request),
    };
}
function totalOf(options, { body, totalTimeout }) {
    return isStreamed(body) ? totalTimeout : (totalTimeout ?? options.requestTimeout ?? 30 * SECOND);
}
/** Whether the body is made while it is sent. */
function isStreamed(body) {
    return typeof body === 'object' && 'pieces' in body;
}
function encodeBody(body) {
    if (body === undefined)
        return { body: undefined };
    if (typeof body === 'string')
        return { body: Buffer.from(body) };
    if (Buffer.isBuffer(body) || isStreamed(body))
        return { body };
    return { body: Buffer.from(JSON.stringify(body.json)), type: 'application/json' };
}
function parseUrl(url) {
    if (URL.canParse(String(url)))
        return new URL(url);
    throw new Trouble('bad-request', { detail: 'not a URL' });
}

;// CONCATENATED MODULE: ./packages/http/src/retry.js
const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
/** Longer than this no server's Retry-After is obeyed: the step says so instead of sitting there. */
const LONGEST_RETRY_AFTER = 300_000;
/** A name that does not resolve is a wrong name far more often than a passing fault. */
const NAME_RETRIES = 2;
const RULES = {
    'name-unknown': 'resend',
    'name-temporary': 'resend',
    refused: 'resend',
    unreachable: 'resend',
    'connect-timeout': 'resend',
    reset: 'idempotent',
    cut: 'idempotent',
    'send-timeout': 'idempotent',
    'headers-timeout': 'idempotent',
    'idle-timeout': 'idempotent',
    'total-timeout': 'idempotent',
    network: 'idempotent',
    proxy: 'resend',
    empty: 'idempotent',
    'not-json': 'idempotent',
};
const STATUS_RULES = {
    408: 'idempotent',
    429: 'resend',
    500: 'idempotent',
    502: 'idempotent',
    503: 'idempotent',
    504: 'idempotent',
};
/** Milliseconds until the next attempt, or undefined where there must be none. Full jitter between 0 and 0.5 s … 15 s. */
function planRetry(trouble, state) {
    const allowed = trouble.trouble === 'name-unknown' ? Math.min(NAME_RETRIES, state.retries) : state.retries;
    if (state.attempt > allowed)
        return undefined;
    const rule = ruleFor(trouble);
    if (rule === 'never' || (rule === 'idempotent' && !state.idempotent))
        return undefined;
    const delay = state.random * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (state.attempt - 1));
    const asked = trouble.response === undefined ? undefined : retryAfter(trouble.response, state.now);
    if (asked !== undefined && asked > LONGEST_RETRY_AFTER)
        return undefined;
    // Jitter on top of what was asked: clients that were sent away together must not come back together.
    const wait = asked === undefined ? delay : asked + Math.min(delay, FIRST_DELAY);
    return state.deadline !== undefined && state.now + wait >= state.deadline ? undefined : wait;
}
function ruleFor({ trouble, response }) {
    if (trouble === 'status')
        return STATUS_RULES[response?.status ?? 0] ?? 'never';
    return RULES[trouble] ?? 'never';
}
/**
 * Milliseconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or an HTTP date).
 * A date is measured by the server's own clock where the response carries it, so that a wrong clock here does no harm.
 */
function retryAfter({ headers }, now) {
    const value = headers['retry-after']?.trim();
    if (value === undefined || value === '')
        return undefined;
    if (/^\d+(\.\d+)?$/.test(value))
        return Number(value) * 1000;
    // Date.parse alone takes "-5" for a date.
    const at = /^[A-Za-z]{3,9}[, ]/.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(at))
        return undefined;
    const serverNow = Date.parse(headers['date'] ?? '');
    return Math.max(0, at - (Number.isNaN(serverNow) ? now : serverNow));
}

;// CONCATENATED MODULE: ./packages/http/src/exchange.js









/** Sends a planned request until it is answered, cannot be or need not be tried any more. @throws Failure */
async function exchange(world, wire, plan, rules) {
    for (let attempt = 1;; attempt++) {
        let trouble;
        try {
            return await attemptOnce(wire, plan, rules);
        }
        catch (thrown) {
            trouble = orThrow(thrown, plan);
        }
        const wait = planRetry(trouble, {
            attempt,
            retries: plan.retries,
            idempotent: plan.outgoing.idempotent,
            now: world.now(),
            deadline: plan.deadline,
            random: world.random(),
        });
        if (wait === undefined)
            return giveUp(world, plan, rules, trouble, attempt);
        logRetry(world, plan, trouble, attempt, wait);
        await pause(world, plan, wait);
    }
}
async function attemptOnce(wire, plan, rules) {
    const deadlines = startDeadlines(plan.limits, plan.signals);
    try {
        const answer = await openAnswer(plan.outgoing, wire, deadlines, rules.sameHostOnly);
        if (answer.status >= 400 && !plan.tolerate.has(answer.status)) {
            throw new Trouble('status', { response: await readErrorBody(answer, plan, deadlines) });
        }
        return rules.decode(await readBody(answer, plan, deadlines));
    }
    finally {
        deadlines.close();
    }
}
/** The trouble that was thrown; an abort and a defect go up at once. */
function orThrow(thrown, { request }) {
    if (thrown instanceof Aborted)
        throw explainAbort(thrown, request, hostOf(request.url));
    if (thrown instanceof Trouble)
        return thrown;
    throw thrown;
}
function giveUp(world, plan, rules, trouble, attempts) {
    if (trouble.trouble === 'status' && trouble.response !== undefined && rules.answerError !== undefined) {
        return rules.answerError(trouble.response);
    }
    const host = hostOf(trouble.response?.url ?? plan.request.url);
    throw explain(trouble, plan.request, { host, attempts, now: world.now() });
}
function logRetry(world, plan, trouble, attempt, wait) {
    const seen = trouble.response === undefined ? trouble.trouble : `HTTP ${trouble.response.status}`;
    const line = `${hostOf(plan.request.url)}: ${seen}; attempt ${attempt + 1} of at most ${plan.retries + 1} in ${formatSeconds(wait)}`;
    if (wait >= 5_000)
        world.log.info(line);
    else
        world.log.debug(line);
}
/** Sleeps on the world's clock; ends early when one of the signals aborts. */
async function pause(world, plan, ms) {
    const { request, signals } = plan;
    const interrupted = Promise.withResolvers();
    const onAbort = () => {
        const reason = signals.find((signal) => signal.aborted)?.reason;
        interrupted.reject(explainAbort(new Aborted(reason), request, hostOf(request.url)));
    };
    for (const signal of signals)
        signal.addEventListener('abort', onAbort, { once: true });
    try {
        if (signals.some((signal) => signal.aborted))
            onAbort();
        await Promise.race([interrupted.promise, sleepOrAbort(world, plan, ms)]);
    }
    finally {
        for (const signal of signals)
            signal.removeEventListener('abort', onAbort);
    }
}
async function sleepOrAbort(world, { request }, ms) {
    try {
        await world.sleep(ms);
    }
    catch (error) {
        if (error instanceof Failure || !world.signal.aborted)
            throw error;
        throw explainAbort(new Aborted(error), request, hostOf(request.url));
    }
}

;// CONCATENATED MODULE: ./packages/http/src/fetch.js
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Statuses of which `Response` accepts no body (Fetch, "null body status"). */
const BODILESS = new Set([101, 103, 204, 205, 304]);
/**
 * The global `fetch`'s shape over our transport, as far as octokit uses it: whole bodies, no streams,
 * redirects always followed. Rejects with a Failure for network errors, as fetch does with a TypeError.
 */
function createFetch(send) {
    return async (input, init) => {
        const request = input instanceof Request ? input : undefined;
        const url = new URL(request?.url ?? String(input));
        const method = parseMethod(init?.method ?? request?.method ?? 'GET');
        const signal = init?.signal ?? request?.signal;
        const body = await fetch_encodeBody(init?.body, request);
        const response = await send({
            method,
            url,
            headers: Object.fromEntries(new Headers(init?.headers ?? request?.headers)),
            what: `Cannot ${method} ${url.pathname}`,
            ...(body === undefined ? {} : { body }),
            ...(signal === null || signal === undefined ? {} : { signal }),
        });
        return toFetchResponse(response);
    };
}
function parseMethod(method) {
    const upper = method.toUpperCase();
    if (isMethod(upper))
        return upper;
    throw new TypeError(`the method ${JSON.stringify(method)} is not supported`);
}
function isMethod(method) {
    return METHODS.has(method);
}
async function fetch_encodeBody(body, request) {
    if (body === null || body === undefined) {
        return request === undefined || request.body === null
            ? undefined
            : Buffer.from(await request.arrayBuffer());
    }
    if (typeof body === 'string')
        return body;
    if (body instanceof URLSearchParams)
        return body.toString();
    if (body instanceof ArrayBuffer)
        return Buffer.from(body);
    if (ArrayBuffer.isView(body))
        return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    throw new TypeError('only text and bytes can be sent');
}
function toFetchResponse({ status, headers, body, url }) {
    const content = BODILESS.has(status) ? null : new Uint8Array(body);
    const response = new Response(content, { status, headers: { ...headers } });
    Object.defineProperty(response, 'url', { value: url });
    return response;
}

;// CONCATENATED MODULE: ./packages/http/src/json.js






/** `HttpClient.json` over one wire. */
function createJson(world, wire, plan) {
    async function json(request, validate) {
        const planned = plan(request);
        const answer = await exchange(world, wire, planned, {
            // A body that was cut or came empty counts as a failed attempt; one of another shape will not change.
            decode: (response) => isTolerated(response, planned) ? undefined : { value: parseJson(response), response },
            sameHostOnly: true,
        });
        return answer && validateJson(answer.value, validate, answer.response, request);
    }
    return json;
}
/**
 * A 404 that is a web page or a line of text is a wrong URL or a proxy's, and says nothing about the thing that was
 * asked for. An API answers in JSON, or, as registries and storage do, with no body at all.
 */
function isTolerated(response, { tolerate }) {
    if (!tolerate.has(response.status))
        return false;
    if (response.body.length > 0 && !isJson(response))
        throw new Trouble('status', { response });
    return true;
}
function isJson(response) {
    try {
        parseJson(response);
        return true;
    }
    catch (error) {
        if (error instanceof Trouble)
            return false;
        throw error;
    }
}
/** Types under which JSON travels; servers and proxies that cannot say send none, plain text or bytes. */
const VAGUE_TYPES = new Set([
    '',
    'text/plain',
    'application/octet-stream',
    'binary/octet-stream',
    'text/json',
]);
/**
 * The JSON of a response.
 * @throws Trouble `login-page` for HTML, `empty`, or `not-json` for anything else: cut, XML, another encoding
 */
function parseJson(response) {
    if (isHtml(response))
        throw new Trouble('login-page', { detail: `HTTP ${response.status}` });
    if (response.body.length === 0)
        throw new Trouble('empty', { detail: `HTTP ${response.status}` });
    const type = mediaType(response.headers);
    if (!VAGUE_TYPES.has(type) && !/[/+]json$/.test(type)) {
        throw new Trouble('not-json', {
            detail: `HTTP ${response.status} with content-type ${excerpt(type, 80)}`,
        });
    }
    try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(response.body));
    }
    catch (error) {
        const size = `HTTP ${response.status}, ${response.body.length} bytes`;
        throw new Trouble('not-json', {
            detail: `${size}: ${excerpt(response.body.toString('utf8'))}`,
            cause: error,
        });
    }
}
/** @throws Failure `upstream` that names the path at which the value is not what the API answers */
function validateJson(value, validate, response, request) {
    try {
        return validate(value);
    }
    catch (error) {
        if (error instanceof Failure)
            throw error;
        throw explainShape(messageOf(error), response, request, new URL(response.url).host);
    }
}

;// CONCATENATED MODULE: ./packages/http/src/stream.js








/**
 * Waits for the head of the answer and hands the body on piece by piece. There is no total deadline unless
 * the request sets one: a watch lives as long as its server lets it.
 * @throws Failure at once for an error status or a web page, and from `chunks` when the body ends badly or begins as a
 * web page under another type
 */
async function openStream(world, wire, plan) {
    const limits = { ...plan.limits, total: plan.request.totalTimeout };
    const deadlines = startDeadlines(limits, plan.signals);
    try {
        const answer = await openAnswer(plan.outgoing, wire, deadlines, plan.request.anyHost !== true);
        await refuseError(answer, plan, deadlines);
        return toStream(world, plan, answer, deadlines);
    }
    catch (thrown) {
        deadlines.close();
        throw failed(world, plan, thrown);
    }
}
async function refuseError(answer, plan, deadlines) {
    if (plan.tolerate.has(answer.status))
        return;
    if (answer.status >= 400) {
        throw new Trouble('status', { response: await readErrorBody(answer, plan, deadlines) });
    }
    if (isHtml({ headers: answer.headers, body: Buffer.alloc(0) })) {
        answer.message.destroy();
        throw new Trouble('login-page', { detail: `HTTP ${answer.status}` });
    }
}
function toStream(world, plan, answer, deadlines) {
    let closed = false;
    const close = () => {
        closed = true;
        deadlines.close();
        answer.message.destroy();
    };
    async function* chunks() {
        try {
            yield* refusePages(answer, plan, body_pieces(answer, plan.decompress, deadlines));
        }
        catch (thrown) {
            if (!closed)
                throw failed(world, plan, thrown);
        }
        finally {
            close();
        }
    }
    return { status: answer.status, headers: answer.headers, chunks: chunks(), close };
}
/** The pieces as they come, once what they begin with is seen to be no web page under the type of something else. */
async function* refusePages({ headers, status }, { tolerate }, chunks) {
    let isJudged = tolerate.has(status);
    let held = Buffer.alloc(0);
    for await (const chunk of chunks) {
        const piece = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        if (!isJudged && isHtml({ headers, body: piece }))
            throw new Trouble('login-page', { detail: `HTTP ${status}` });
        isJudged ||= !mayBeginPage(piece);
        const isHeld = !isJudged && !isBlank(piece);
        held = isHeld ? piece : Buffer.alloc(0);
        if (!isHeld)
            yield piece;
    }
    if (held.length > 0)
        yield held;
}
function failed(world, plan, thrown) {
    const trouble = orThrow(thrown, plan);
    return explain(trouble, plan.request, { host: hostOf(plan.request.url), attempts: 1, now: world.now() });
}

;// CONCATENATED MODULE: ./packages/http/src/create.js










const ANYTHING = { accept: '*/*', compress: true };
const JSON_ONLY = { accept: 'application/json', compress: true };
const AS_IT_COMES = { accept: '*/*', compress: false };
/**
 * One transport for everything that an action says to a server: deadlines, retries, TLS, proxy, redirects
 * and the words for what goes wrong.
 * @throws Failure `config` for certificates, origins or proxy URLs that cannot be read
 */
function createHttp(world, options = {}) {
    const agents = createAgents(world, options);
    const trust = createTrust(options.trustedOrigins ?? []);
    const wire = {
        agents,
        trust,
        clientHeaders: lowerCaseNames(options.headers ?? {}),
        lookup: options.lookup,
    };
    const warned = new Set();
    const plan = (request, rules) => {
        try {
            const planned = planRequest(world, options, trust, request, rules);
            warnOnce(world, warned, planned.outgoing.url);
            return planned;
        }
        catch (thrown) {
            if (!(thrown instanceof Trouble))
                throw thrown;
            throw explain(thrown, request, { host: hostOf(request.url), attempts: 1, now: world.now() });
        }
    };
    const request = (asked) => {
        const planned = plan(asked, ANYTHING);
        return exchange(world, wire, planned, {
            decode: (response) => refuseLoginPage(response, planned),
            sameHostOnly: false,
        });
    };
    return {
        request: async (asked) => request(asked),
        json: createJson(world, wire, (asked) => plan(asked, JSON_ONLY)),
        stream: async (asked) => openStream(world, wire, plan(asked, AS_IT_COMES)),
        fetch: createFetch((asked) => exchange(world, wire, plan(asked, ANYTHING), {
            decode: asItIs,
            answerError: asItIs,
            sameHostOnly: false,
        })),
        agents: { http: agents.http, https: agents.https },
        direct: agents.direct,
        close: agents.close,
    };
}
function asItIs(response) {
    return response;
}
/** A page that answers a probe with 200 would make everything behind a login look healthy. */
function refuseLoginPage(response, { outgoing, tolerate }) {
    const wanted = outgoing.headers['accept']?.includes('html') === true || tolerate.has(response.status);
    if (wanted || outgoing.method === 'HEAD' || !isHtml(response))
        return response;
    throw new Trouble('login-page', { detail: `HTTP ${response.status}` });
}
function warnOnce(world, warned, url) {
    if (!isPlainElsewhere(url) || warned.has(url.host))
        return;
    warned.add(url.host);
    world.log.warn(`${url.host} is reached by plain http: whatever is sent there, credentials included, can be read on the way`);
}

;// CONCATENATED MODULE: ./packages/http/src/validate.wire.js
class ShapeError extends Error {
    constructor(path, got, want) {
        super(`${path === '' ? 'the value' : path}: got ${got}, want ${want}`);
        this.name = 'ShapeError';
    }
}
const string = primitive('string');
const validate_wire_boolean = primitive('boolean');
/** A finite number: JSON can spell 1e999, and nothing good comes of it. */
const number = (value, path = '') => {
    if (typeof value === 'number' && Number.isFinite(value))
        return value;
    throw new ShapeError(path, typeof value === 'number' ? String(value) : validate_wire_nameOf(value), 'number');
};
/** Anything at all, passed on untouched. */
const unknownValue = (value) => value;
/** Absent and null are both `undefined`: Go servers write null for what is empty. */
function optional(check) {
    return (value, path = '') => (value === undefined || value === null ? undefined : check(value, path));
}
/** As {@link optional}, with a value for what is absent. */
function withDefault(check, fallback) {
    return (value, path = '') => (value === undefined || value === null ? fallback : check(value, path));
}
function oneOf(...allowed) {
    return (value, path = '') => {
        const found = allowed.find((candidate) => candidate === value);
        if (found !== undefined)
            return found;
        const got = typeof value === 'string' || typeof value === 'number'
            ? JSON.stringify(value).slice(0, 80)
            : validate_wire_nameOf(value);
        throw new ShapeError(path, got, `one of ${allowed.join(', ')}`);
    };
}
function array(check) {
    return (value, path = '') => {
        if (!Array.isArray(value))
            throw new ShapeError(path, validate_wire_nameOf(value), 'array');
        return value.map((item, index) => check(item, `${path}[${index}]`));
    };
}
/** An object with these keys; others are left out. Only own keys count, so nothing comes from a prototype. */
function record(shape) {
    return (value, path = '') => {
        const object = asObject(value, path);
        const entries = Object.entries(shape).map(([key, check]) => [key, check(own(object, key), join(path, key))]);
        return Object.fromEntries(entries.filter(([, checked]) => checked !== undefined));
    };
}
/** An object whose keys are data: labels, annotations, parameters. It has no prototype, and no `__proto__`. */
function dictionary(check) {
    return (value, path = '') => {
        const object = asObject(value, path);
        const copy = Object.create(null);
        for (const key of Object.keys(object)) {
            if (key !== '__proto__')
                copy[key] = check(own(object, key), join(path, key));
        }
        return copy;
    };
}
function primitive(want) {
    return (value, path = '') => {
        if (typeof value !== want)
            throw new ShapeError(path, validate_wire_nameOf(value), want);
        return value;
    };
}
function asObject(value, path) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return value;
    throw new ShapeError(path, validate_wire_nameOf(value), 'object');
}
function own(object, key) {
    return Object.getOwnPropertyDescriptor(object, key)?.value;
}
function validate_wire_nameOf(value) {
    if (value === undefined)
        return 'nothing';
    if (value === null)
        return 'null';
    return Array.isArray(value) ? 'array' : typeof value;
}
/** `spec.template`, and `labels["app.kubernetes.io/name"]` where a key would be misread. */
function join(path, key) {
    if (!/^[A-Za-z_$][\w$-]*$/.test(key))
        return `${path}[${JSON.stringify(key.slice(0, 80))}]`;
    return path === '' ? key : `${path}.${key}`;
}

;// CONCATENATED MODULE: ./packages/runner/src/id-token.js


/**
 * A token of GitHub's OIDC provider for that audience, asked for as `getIDToken` of @actions/core does
 * (https://docs.github.com/actions/reference/security/oidc): GET the job's URL with the audience, and its bearer token.
 * @throws Failure `auth` where the job may not ask for one, and what the answer or its absence means
 */
async function requestIdToken(world, audience) {
    const address = world.env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
    const token = world.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
    if (address === '' || token === '')
        throw noPermission();
    const url = addressOf(address);
    url.searchParams.set('audience', audience);
    // The runner names this URL, on GitHub's servers and on those of an enterprise.
    const http = createHttp(world, { trustedOrigins: [url.origin] });
    try {
        const { value } = await http.json({
            url,
            headers: { authorization: `Bearer ${token}` },
            what: 'Cannot get an OIDC token from GitHub',
            explain: adviceFor,
        }, record({ value: string }));
        return value;
    }
    finally {
        http.close();
    }
}
function addressOf(text) {
    if (URL.canParse(text))
        return new URL(text);
    throw new Failure({
        kind: 'config',
        code: 'ID_TOKEN_URL',
        what: 'Cannot get an OIDC token from GitHub',
        on: 'ACTIONS_ID_TOKEN_REQUEST_URL',
        seen: 'it is no URL',
        next: 'Leave this variable to the runner: a step or the image of the container has set it',
    });
}
/** For 429 and the like the client itself knows best. */
function adviceFor({ status }) {
    if (status === 401 || status === 403)
        return { next: id_token_REFUSED };
    return status >= 500 ? { next: TRY_AGAIN } : undefined;
}
const id_token_REFUSED = 'Look at `permissions` of the job: it needs `id-token: write`; a run of hours may not ask any more';
const TRY_AGAIN = 'Run the job again; if it stays, look at https://www.githubstatus.com';
function noPermission() {
    return new Failure({
        kind: 'auth',
        code: 'ID_TOKEN_PERMISSION',
        what: 'Cannot get an OIDC token from GitHub',
        on: 'this job',
        seen: 'it has no permission to ask for one (a workflow triggered from a fork never has)',
        next: 'Add `permissions: { id-token: write }` to the job, and to the job that calls it',
    });
}

;// CONCATENATED MODULE: ./packages/runner/src/world.js





function createWorld(redactor, outcome, { signal }) {
    const mask = createMask(redactor);
    maskEnvironment(process.env, mask);
    const world = {
        log: createConsoleLog(redactor),
        signal,
        // Since the process started by the monotonic clock: a clock that is set in the middle lengthens no wait.
        now: () => Math.round(performance.timeOrigin + performance.now()),
        sleep: (ms) => (0,promises_namespaceObject.setTimeout)(timerOf(ms), undefined, { signal }).catch(() => Promise.reject(signal.reason)),
        random: Math.random,
        env: process.env,
        mask,
    };
    return {
        ...world,
        context: readContext(process.env),
        output: (name, value) => outcome.keep(name, value),
        idToken: async (audience) => {
            const token = await requestIdToken(world, audience);
            mask(token);
            return token;
        },
    };
}

;// CONCATENATED MODULE: ./packages/runner/src/action.js








/**
 * Runs an action as a step: reads the inputs, gives `run` its world, and turns what comes back, or what is thrown,
 * into outputs, summary, one annotation and an exit status. Call it without `await` as the last line of `main.ts`.
 */
async function runAction(action) {
    limitYoungGeneration();
    const redactor = createRedactor();
    const outcome = createOutcome(action.name, redactor);
    const cancellation = listenForCancel((failure) => {
        outcome.fail(failure);
        process.exit();
    });
    endByStrayErrors(outcome, cancellation.signal);
    const world = createWorld(redactor, outcome, cancellation);
    const result = createResultWriter(action.name, world, redactor);
    try {
        const inputs = action.inputs.read(readInput, world.mask, namesHandedOn(process.env));
        if ('summary' in inputs && isSummaryWish(inputs.summary))
            outcome.wantSummary(inputs.summary);
        if ('timeout' in inputs && typeof inputs.timeout === 'number')
            cancellation.setDeadline(inputs.timeout);
        const ended = await action.run(inputs, world);
        const outputs = await result.outputsOf(ended);
        declareSubjects(process.env, ended.subjects ?? [], world.log);
        outcome.succeed(outputs, ended.summary);
    }
    catch (thrown) {
        outcome.fail(await result.withReport(endingOf(thrown, cancellation.signal)));
    }
    finally {
        cancellation.dispose();
        // Once decided the step is over: no idle socket or forgotten timer keeps it alive. The callback comes after the last line is out.
        process.stdout.write('', () => process.exit());
    }
}
/** A rejection that nobody waited for comes here too. Node would print it raw: unmasked, and with commands in it. */
function endByStrayErrors(outcome, signal) {
    process.on('uncaughtException', (thrown) => {
        outcome.fail(endingOf(thrown, signal));
        process.exit();
    });
}
/** What the step ends with: a cancelled step is cancelled, whatever its abort broke on the way. */
function endingOf(thrown, signal) {
    const failure = toFailure(thrown);
    if (!signal.aborted || !(signal.reason instanceof Failure) || failure.kind === signal.reason.kind)
        return failure;
    const { outputs, summary } = failure.details;
    return new Failure({
        ...signal.reason.details,
        cause: failure,
        ...(outputs === undefined ? {} : { outputs }),
        ...(summary === undefined ? {} : { summary }),
    });
}
function isSummaryWish(value) {
    return typeof value === 'boolean' || value === 'on-failure';
}
function readInput(name) {
    return process.env[`INPUT_${handedOnName(name)}`] ?? '';
}

;// CONCATENATED MODULE: ./packages/text/src/blanks.js
/** Line ends of every system; a bare carriage return is one too. */
const LINE_END = /\r\n?|\n/;
/** Only ASCII white space: `String.trim` also takes a no-break space or a byte order mark off, and so can change what a text names. */
function trimBlanks(text) {
    return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}

;// CONCATENATED MODULE: ./packages/text/src/expected.js
/** Thrown by every parser here: what the text should have been, as the end of "want …". */
class expected_Expected extends Error {
    want;
    /** The text holds a secret where none belongs: no message may quote it. */
    holdsSecret;
    constructor(want, { holdsSecret = false } = {}) {
        super(`want ${want}`);
        this.name = 'Expected';
        this.want = want;
        this.holdsSecret = holdsSecret;
    }
}

;// CONCATENATED MODULE: ./packages/runner/src/inputs.wire.js



/**
 * The inputs of an action as data: names as in action.yml, each with the parser of its type.
 * @param check rules between inputs, called when each input alone is fine
 * @param elsewhere what to say of inputs that a similar action has, by their names there
 */
function defineInputs(fields, check = () => { }, elsewhere = {}) {
    return {
        fields,
        read(raw, mask, handedOn = []) {
            maskSecrets(fields, raw, mask);
            const problems = [];
            const problem = (input, sentence) => problems.push(`${input}: ${sentence}`);
            refuseUndeclared(handedOn, Object.keys(fields), elsewhere, problem);
            const values = {};
            for (const [name, field] of Object.entries(fields))
                values[camelCase(name)] = readField(name, field, raw(name), problem);
            // Every key of the schema has been given the value that its own parser returned.
            const inputs = Object.freeze(values);
            if (problems.length === 0)
                check(inputs, problem);
            if (problems.length > 0)
                throw inputFailure(problems);
            return inputs;
        },
    };
}
function maskSecrets(fields, raw, mask) {
    for (const [name, field] of Object.entries(fields)) {
        if (!field.secret)
            continue;
        const value = trimBlanks(raw(name));
        const parts = field.secretParts?.(value) ?? [value];
        for (const part of parts)
            if (part !== '')
                mask(part);
    }
}
function readField(name, field, raw, problem) {
    const value = trimBlanks(raw) || (field.default ?? '');
    if (value === '' && field.default === undefined) {
        if (field.required)
            problem(name, `is required: want ${aOrAn(field.type)}`);
        return field.absent;
    }
    try {
        return field.parse(value);
    }
    catch (error) {
        if (!(error instanceof expected_Expected))
            throw error;
        problem(name, `got ${field.secret || error.holdsSecret ? 'a value (not shown)' : `"${sanitizeLine(value, 120)}"`}; want ${error.want}`);
        return undefined;
    }
}
function inputFailure(problems) {
    const many = problems.length > 1;
    return new Failure({
        kind: 'config',
        code: 'INPUTS',
        what: many ? `${problems.length} inputs are wrong` : 'An input is wrong',
        on: 'the `with:` of this step',
        seen: problems.join('\n'),
        next: many ? 'Correct each of them; they are all listed here' : 'Correct it and run again',
    });
}
function camelCase(name) {
    return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
/** By the sound: an integer, an ECR repository, a URL. */
function aOrAn(type) {
    return `${/^(?:[aeio]|[AEFHILMNORSX][A-Z])/.test(type) ? 'an' : 'a'} ${type}`;
}

;// CONCATENATED MODULE: ./packages/text/src/scalar.js

/** YAML 1.2's booleans, as the runner's own toolkit reads them. Anything else is an error: a typo must not mean "no". */
function parseBoolean(text) {
    if (['true', 'True', 'TRUE'].includes(text))
        return true;
    if (['false', 'False', 'FALSE'].includes(text))
        return false;
    throw new expected_Expected('true or false');
}
/** A decimal integer within the range, without a leading zero or plus. */
function scalar_parseInteger(text, range = {}) {
    const value = /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || outside(value, range))
        throw new Expected(`an integer${describeRange(range)}`);
    return value;
}
/** A finite decimal number within the range. */
function scalar_parseNumber(text, range = {}) {
    const value = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value) || outside(value, range))
        throw new Expected(`a number${describeRange(range)}`);
    return value;
}
/** One of the given words, exactly. */
function parseEnum(text, words) {
    const found = words.find((word) => word === text);
    if (found === undefined)
        throw new expected_Expected(`one of ${words.join(', ')}`);
    return found;
}
function outside(value, { min = -Infinity, max = Infinity }) {
    return value < min || value > max;
}
function describeRange({ min, max }) {
    if (min !== undefined && max !== undefined)
        return ` from ${min} to ${max}`;
    if (min !== undefined)
        return ` of at least ${min}`;
    return max === undefined ? '' : ` of at most ${max}`;
}

;// CONCATENATED MODULE: ./packages/text/src/duration.js

/** Milliseconds of each unit, in the order in which a duration names them. */
const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const DURATION = new RegExp(`^${Object.keys(UNITS)
    .map((unit) => String.raw `(?:(\d+(?:\.\d+)?)${unit})?`)
    .join('')}$`);
const WANT = 'a duration such as 90s, 10m or 1h30m';
/**
 * `90s`, `10m`, `1h30m`, `500ms`, `7d` -> milliseconds; each unit once, the longest first. A bare number is refused,
 * except `0`: its unit would be a guess.
 */
function parseDuration(text) {
    if (text === '0')
        return 0;
    const amounts = DURATION.exec(text)?.slice(1);
    if (text === '' || amounts === undefined)
        throw new expected_Expected(WANT);
    const total = Object.values(UNITS).reduce((sum, factor, index) => sum + Number(amounts[index] ?? 0) * factor, 0);
    if (total > Number.MAX_SAFE_INTEGER)
        throw new expected_Expected(WANT);
    return Math.round(total);
}
/** Milliseconds as a person says them: `0.4 s`, `12 s`, `6 min 12 s`, `2 h 5 min`. */
function formatDuration(ms) {
    if (ms < 10_000)
        return `${(ms / 1_000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1_000);
    if (seconds < 60)
        return `${seconds} s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60)
        return joinUnits(`${minutes} min`, seconds % 60, 's');
    return joinUnits(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
}
function joinUnits(first, rest, unit) {
    return rest === 0 ? first : `${first} ${rest} ${unit}`;
}

;// CONCATENATED MODULE: ./packages/text/src/size.js

const size_UNITS = {
    B: 1,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    TiB: 2 ** 40,
    kB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
};
/** `8MiB`, `1.5GB`, `512B` -> bytes. The unit is needed and its case counts: MB is 10^6, MiB is 2^20. */
function parseSize(text) {
    const match = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text);
    const factor = size_UNITS[match?.[2] ?? ''];
    const bytes = Math.round(Number(match?.[1]) * (factor ?? Number.NaN));
    if (!Number.isSafeInteger(bytes))
        throw new expected_Expected('a size such as 8MiB, 1.5GB or 512B');
    return bytes;
}
/** Bytes as a person says them, in powers of ten as storage is sold: `18.2 MB`. */
function formatSize(bytes) {
    if (bytes < 1e3)
        return `${bytes} B`;
    // The bounds are where rounding reaches the next unit.
    if (bytes < 999_950)
        return `${(bytes / 1e3).toFixed(1)} kB`;
    if (bytes < 999_950_000)
        return `${(bytes / 1e6).toFixed(1)} MB`;
    return `${(bytes / 1e9).toFixed(2)} GB`;
}

;// CONCATENATED MODULE: ./packages/text/src/url.js

/**
 * An absolute http or https URL without credentials, query or fragment; a trailing slash is dropped. What `URL` would
 * repair in silence (white space, backslashes, a missing `//`) is refused: it may have meant another host.
 */
function parseHttpUrl(text) {
    const [, authority] = /^https?:\/\/([^/\s\\\p{Cc}]+)[^\s\\\p{Cc}]*$/iu.exec(text) ?? [];
    if (authority === undefined || !URL.canParse(text))
        throw new expected_Expected('a URL such as https://host.example');
    if (authority.includes('@'))
        throw new expected_Expected('a URL without user and password: give a token instead');
    if (/[?#]/.test(text))
        throw new expected_Expected('a URL without query and fragment');
    return new URL(text).href.replace(/\/+$/, '');
}

;// CONCATENATED MODULE: ./packages/text/src/list.js


/** Items separated by new lines or commas; blanks around an item and empty items do not count. */
function parseList(text) {
    return text
        .split(LINE_END)
        .flatMap((line) => line.split(','))
        .map(trimBlanks)
        .filter((item) => item !== '');
}
/** Items on lines of their own, for values that may contain commas. Lines starting with `#` are comments. */
function parseLines(text) {
    return text
        .split(LINE_END)
        .map(trimBlanks)
        .filter((line) => line !== '' && !line.startsWith('#'));
}
/** Lines of `key=value`; the value may contain `=`. A key stands once. */
function parseKeyValues(text) {
    return parsePairs(text, '=', 'lines of key=value');
}
/** Lines of `Name: value`, as HTTP headers are written (RFC 9110, 5.1 and 5.5). The case of a name does not count. */
function parseHeaders(text) {
    const want = 'lines of Name: value';
    const headers = parsePairs(text, ':', want);
    const seen = new Set();
    for (const [name, value] of headers) {
        if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
            throw new expected_Expected(`${want}, with an HTTP header name (RFC 9110) first`);
        if (!/^[\t\u0020-\u007e\u00a0-\u00ff]*$/.test(value))
            throw new expected_Expected(`${want}, without control characters and other letters than Latin ones`);
        if (seen.has(name.toLowerCase()))
            throw new expected_Expected(`${want}, each once (${name} stands twice)`);
        seen.add(name.toLowerCase());
    }
    return headers;
}
function parsePairs(text, separator, want) {
    const pairs = new Map();
    for (const line of parseLines(text)) {
        const at = line.indexOf(separator);
        const key = trimBlanks(line.slice(0, Math.max(0, at)));
        if (key === '')
            throw new expected_Expected(want);
        if (pairs.has(key))
            throw new expected_Expected(`${want}, each key once (${key} stands twice)`);
        pairs.set(key, trimBlanks(line.slice(at + 1)));
    }
    return pairs;
}

;// CONCATENATED MODULE: ./packages/runner/src/fields.js

function fieldOf(type, parse, secret = false) {
    function make(options = {}) {
        const { default: given, required = false } = options;
        return { type, required, default: given, secret, parse, absent: undefined };
    }
    return make;
}
/** A collection with a grammar of its own. It is never undefined: without text it is empty. */
function collection(type, parse) {
    return (options = {}) => {
        const { default: given, required = false } = options;
        return { type, required, default: given, secret: false, parse, absent: parse('') };
    };
}
const fields_text = fieldOf('string', (value) => value);
/** Masked before any other input is even looked at. */
const secret = fieldOf('secret', (value) => value, true);
const fields_boolean = fieldOf('boolean', parseBoolean);
const duration = fieldOf('duration', parseDuration);
const size = fieldOf('size', parseSize);
const url = fieldOf('URL', parseHttpUrl);
const list = collection('list', parseList);
const lines = collection('lines', parseLines);
const keyValues = collection('key=value lines', parseKeyValues);
/** HTTP headers, whose values are taken for secrets: that is what extra headers carry. */
function headers() {
    return { ...collection('header lines', parseHeaders)(), secret: true, secretParts: headerSecrets };
}
/** A header is shown whole nowhere, and its value is sent alone. */
function headerSecrets(text) {
    return [text, ...text.split(LINE_END).map((line) => line.slice(line.indexOf(':') + 1).trim())];
}
function integer(range = {}) {
    return fieldOf('integer', (value) => parseInteger(value, range));
}
function fields_number(range = {}) {
    return fieldOf('number', (value) => parseNumber(value, range));
}
function fields_oneOf(...words) {
    return fieldOf(words.join(' | '), (value) => parseEnum(value, words));
}
/** A value with a grammar of its own: `parsed('image reference', parseImageReference)`. */
function parsed(type, parse) {
    return fieldOf(type, parse);
}

;// CONCATENATED MODULE: ./packages/text/src/region.js

/**
 * A region of AWS, in any partition: `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`, also one that is not there yet. It
 * becomes part of host names, so that a wrong one would be a host that does not resolve, or somebody else's.
 * @throws Expected
 */
function parseAwsRegion(text) {
    if (/^[a-z]{2,6}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/.test(text))
        return text;
    throw new expected_Expected('a region of AWS, such as eu-west-1');
}
/** The same of a server that speaks S3, which calls its regions as it likes: `auto`, `fr-par`, `garage`. @throws Expected */
function parseStoreRegion(text) {
    if (/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text))
        return text;
    throw new expected_Expected('a region, such as eu-west-1, or what your own S3 server calls its region');
}

;// CONCATENATED MODULE: ./packages/runner/src/common.js


/**
 * The inputs that mean the same in every action that has them. An action names those that make sense for it:
 * `timeout: common.timeout('10m'), 'ca-cert': common.caCert()`.
 */
const common = {
    /** The longest the whole step may take. */
    timeout: (given) => duration({ default: given }),
    /** The longest one request may take. */
    requestTimeout: () => duration({ default: '30s' }),
    /** PEM certificates, or the path of a file with them, trusted in addition to the system's. */
    caCert: () => fields_text(),
    extraHeaders: () => headers(),
    onCancel: (given) => fields_oneOf('terminate', 'leave')({ default: given }),
    summary: () => parsed('boolean | on-failure', parseSummaryWish)({ default: 'true' }),
    dryRun: () => fields_boolean({ default: 'false' }),
    roleToAssume: () => fields_text(),
    awsRegion: () => parsed('AWS region', parseAwsRegion)(),
    /** `aws-region` of an action whose store may be any server that speaks S3. */
    storeRegion: () => parsed('region', parseStoreRegion)(),
};
function parseSummaryWish(given) {
    if (given === 'on-failure')
        return given;
    try {
        return parseBoolean(given);
    }
    catch {
        throw new expected_Expected('true, false or on-failure');
    }
}

;// CONCATENATED MODULE: ./actions/metric-gate/src/inputs.js

const inputs = defineInputs({
    metrics: fields_text({ required: true }),
    gate: fields_text({ default: '' }),
    champion: fields_text(),
    summary: common.summary(),
});

;// CONCATENATED MODULE: ./packages/gates/src/gate.js
/** `>=` and its like; `==` and `!=` compare exactly, so they suit counts and labels, not measured figures. */
const OPERATORS = ['>=', '<=', '==', '!=', '>', '<'];

;// CONCATENATED MODULE: ./packages/gates/src/parse.js


/**
 * A metric's name starts with a letter and may contain what MLflow allows there, but no blanks: letters, digits,
 * `_ . / : @`, and a `-` before a letter. Before a digit or a blank a `-` is a minus: `accuracy-0.005`.
 */
const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_./:@]*(?:-[A-Za-z_][A-Za-z0-9_./:@]*)*)|(>=|<=|==|!=|[><+-]))/y;
/** What stands before the name of a metric of the model that serves now. */
const CHAMPION = 'champion.';
/**
 * Parses gates, one on a line: `accuracy >= 0.9`, `auc >= champion.auc - 0.01`, `p95_ms < 100`.
 * Empty lines and everything after `#` do not count.
 * @throws Failure `config` with line, column and a caret for every wrong line
 */
function parseGates(text) {
    const problems = [];
    const gates = [];
    for (const [index, raw] of text.split(/\r?\n/).entries()) {
        const source = raw.replace(/#.*$/, '').trimEnd();
        if (source.trim() === '')
            continue;
        const result = parseGate(source);
        if ('gate' in result)
            gates.push(result.gate);
        else
            problems.push(`line ${index + 1}, column ${result.at + 1}: ${result.problem}\n  ${source}\n  ${' '.repeat(result.at)}^`);
    }
    if (problems.length === 0 && gates.length === 0 && text.trim() !== '')
        problems.push('there is nothing but comments');
    if (problems.length > 0)
        throw syntaxFailure(problems);
    return gates;
}
function parseGate(source) {
    const tokens = tokenize(source);
    if ('problem' in tokens)
        return tokens;
    const at = tokens.findIndex((token) => isOperator(token.text));
    const operator = tokens[at];
    if (operator === undefined || !isOperator(operator.text)) {
        return { problem: `want a comparison (${OPERATORS.join(' ')})`, at: source.length };
    }
    const second = tokens.slice(at + 1).find((token) => isOperator(token.text));
    if (second !== undefined)
        return { problem: 'want one comparison on a line', at: second.at };
    const left = parseSum(tokens.slice(0, at), operator.at);
    if ('problem' in left)
        return left;
    const right = parseSum(tokens.slice(at + 1), source.length);
    if ('problem' in right)
        return right;
    if (![...left.sum, ...right.sum].some(({ operand }) => operand.kind === 'metric')) {
        return {
            problem: 'compares no metric of this run: the gate would not depend on what was trained',
            at: firstColumn(source),
        };
    }
    return { gate: { source: source.trim(), left: left.sum, operator: operator.text, right: right.sum } };
}
function tokenize(source) {
    const tokens = [];
    for (let at = 0; at < source.length;) {
        TOKEN.lastIndex = at;
        const match = TOKEN.exec(source);
        const text = match?.[1] ?? match?.[2] ?? match?.[3];
        if (text !== undefined && /^\d/.test(text) && !Number.isFinite(Number(text))) {
            return { problem: `${text} is no finite number`, at: TOKEN.lastIndex - text.length };
        }
        if (text === undefined) {
            const column = at + (source.slice(at).length - source.slice(at).trimStart().length);
            return { problem: `"${source[column] ?? ''}" is no metric, number or comparison`, at: column };
        }
        tokens.push({ text, at: TOKEN.lastIndex - text.length });
        at = TOKEN.lastIndex;
    }
    return tokens;
}
/** `operand (± operand)*`, with an optional sign in front. */
function parseSum(tokens, end) {
    const sum = [];
    let sign = 1;
    let wantsOperand = true;
    for (const { text, at } of tokens) {
        const isSign = text === '+' || text === '-';
        if (isSign && wantsOperand && sum.length > 0)
            return { problem: 'two signs in a row', at };
        if (!isSign && !wantsOperand)
            return { problem: 'want + or - between two values', at };
        if (text === CHAMPION)
            return { problem: 'names no metric of the champion', at };
        if (isSign)
            sign = text === '-' ? -1 : 1;
        else
            sum.push({ sign, operand: parseOperand(text) });
        wantsOperand = isSign;
    }
    return wantsOperand ? { problem: 'want a metric, champion.<metric> or a number', at: end } : { sum };
}
function parseOperand(text) {
    if (/^\d/.test(text))
        return { kind: 'number', value: Number(text) };
    if (text.startsWith(CHAMPION))
        return { kind: 'champion', name: text.slice(CHAMPION.length) };
    return { kind: 'metric', name: text };
}
function isOperator(text) {
    return OPERATORS.some((operator) => operator === text);
}
function firstColumn(source) {
    return source.length - source.trimStart().length;
}
function syntaxFailure(problems) {
    return new Failure({
        kind: 'config',
        code: 'GATE_SYNTAX',
        what: 'A gate cannot be read',
        on: 'the input `gate`',
        seen: problems.join('\n'),
        next: 'Write one comparison on a line, such as `accuracy >= 0.9` or `auc >= champion.auc - 0.01`',
    });
}

;// CONCATENATED MODULE: ./packages/gates/src/decimal.js
const ZERO = { digits: 0n, scale: 0 };
/** A finite number as the decimal that it is written as: the shortest that reads back as it (ECMA-262, Number::toString). */
function parseDecimal(value) {
    const [, sign = '', whole = '0', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(value)) ?? [];
    const digits = BigInt(`${sign}${whole}${fraction}`);
    const scale = fraction.length - Number(exponent);
    return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}
function addDecimals(a, b) {
    const scale = Math.max(a.scale, b.scale);
    return { digits: rescale(a, scale) + rescale(b, scale), scale };
}
/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
function compareDecimals(a, b) {
    const scale = Math.max(a.scale, b.scale);
    const difference = rescale(a, scale) - rescale(b, scale);
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
function toNumber({ digits, scale }) {
    return Number(`${digits}e${-scale}`);
}
function rescale({ digits, scale }, to) {
    return digits * 10n ** BigInt(to - scale);
}

;// CONCATENATED MODULE: ./packages/gates/src/evaluate.js

/**
 * Judges every gate. A metric that is missing or no finite number fails its gate, whatever the comparison.
 * A comparison with the champion passes when there is no champion at all: the first model has nobody to beat.
 */
function evaluateGates(gates, input) {
    return gates.map((gate) => evaluateGate(gate, input));
}
function evaluateGate(gate, input) {
    if (input.champion === undefined && usesChampion(gate)) {
        const missing = missingOf([...gate.left, ...gate.right].filter(({ operand }) => operand.kind === 'metric'), input);
        const seen = missing.length > 0 ? missing.join(', ') : 'there is no champion yet: nothing to beat';
        return { gate, passed: missing.length === 0, left: undefined, right: undefined, seen };
    }
    const missing = missingOf([...gate.left, ...gate.right], input);
    if (missing.length > 0)
        return { gate, passed: false, left: undefined, right: undefined, seen: missing.join(', ') };
    const left = total(gate.left, input);
    const right = total(gate.right, input);
    const passed = compare(compareDecimals(left, right), gate.operator);
    return { gate, passed, left: toNumber(left), right: toNumber(right), seen: describe(gate, input) };
}
/** Whether the gate compares with the model that serves now. */
function usesChampion(gate) {
    return [...gate.left, ...gate.right].some(({ operand }) => operand.kind === 'champion');
}
function missingOf(sum, input) {
    return sum.flatMap(({ operand }) => {
        if (operand.kind === 'number')
            return [];
        const value = lookUp(operand, input);
        const name = operand.kind === 'champion' ? `champion.${operand.name}` : operand.name;
        if (value === undefined)
            return [`${name} is missing`];
        return Number.isFinite(value) ? [] : [`${name} is ${value}`];
    });
}
function lookUp(operand, { metrics, champion }) {
    if (operand.kind === 'number')
        return operand.value;
    const source = operand.kind === 'champion' ? (champion ?? {}) : metrics;
    return Object.hasOwn(source, operand.name) ? source[operand.name] : undefined;
}
/** Exactly, as it is written: 0.519 - 0.05 is 0.469, which it is not in binary. */
function total(sum, input) {
    return sum.reduce((value, { sign, operand }) => {
        const decimal = parseDecimal(lookUp(operand, input) ?? 0);
        return addDecimals(value, sign < 0 ? { ...decimal, digits: -decimal.digits } : decimal);
    }, ZERO);
}
/** @param order negative, zero or positive, as the left side is less than, equal to or greater than the right */
function compare(order, operator) {
    switch (operator) {
        case '>=':
            return order >= 0;
        case '<=':
            return order <= 0;
        case '>':
            return order > 0;
        case '<':
            return order < 0;
        case '==':
            return order === 0;
        case '!=':
            return order !== 0;
    }
}
function describe(gate, input) {
    return `${describeSum(gate.left, input)} ${gate.operator} ${describeSum(gate.right, input)}`;
}
function describeSum(sum, input) {
    return sum
        .map(({ sign, operand }, index) => {
        const value = String(lookUp(operand, input));
        const text = operand.kind === 'champion' ? `champion ${value}` : value;
        if (index === 0)
            return sign < 0 ? `-${text}` : text;
        return `${sign < 0 ? '-' : '+'} ${text}`;
    })
        .join(' ');
}

;// CONCATENATED MODULE: ./packages/gates/src/failure.js

/** Names of metrics that a sentence holds. */
const MOST_NAMES = 20;
/**
 * How a step ends of which at least one gate did not pass: every such gate with what was seen.
 * @param metrics what the training has put out, for those who wrote a name wrong
 */
function gateFailure(verdicts, metrics) {
    const failed = verdicts.filter(({ passed }) => !passed);
    const isMissing = failed.some(({ seen }) => /(^|, )(?!champion\.)\S+ is missing/.test(seen));
    const names = Object.keys(metrics);
    const there = names.length === 0 ? 'no metrics at all' : names.slice(0, MOST_NAMES).join(', ');
    return new Failure({
        kind: 'gate',
        code: 'GATE_FAILED',
        what: failed.length === 1
            ? 'The gate did not pass'
            : `${failed.length} of ${verdicts.length} gates did not pass`,
        on: failed.map(({ gate }) => gate.source).join('\n'),
        seen: failed.map(({ seen }) => seen).join('\n'),
        next: isMissing
            ? `Nothing was deployed. The training has put out ${there}: correct the name in the gate, or let the training put the metric out`
            : 'Nothing was deployed. Look at the data and the training, or at the gate',
    });
}

;// CONCATENATED MODULE: external "node:fs/promises"
const external_node_fs_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: ./packages/gates/src/metrics.wire.js

const WRITTEN_NUMBER = /^-?(NaN|Infinity|\d+(\.\d+)?([eE][+-]?\d+)?)$/;
/**
 * Metrics from a flat JSON object of numbers. JSON has no NaN: Python writes it bare all the same, MLflow as a string,
 * and both are read, so that a gate can fail on it.
 * @param on where the text comes from, for the failure: "the input `metrics`"
 * @throws Failure `config` for anything else, and for a key that stands twice
 */
function parseMetrics(text, on) {
    const value = readJson(text, on);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw notMetrics(on, 'it is no JSON object');
    const twice = repeatedKeys(text);
    if (twice.length > 0)
        throw notMetrics(on, `stands twice: ${twice.join(', ')}`);
    const entries = Object.entries(value).map(([key, metric]) => [key, metrics_wire_toNumber(metric)]);
    const wrong = entries.filter(([, metric]) => metric === undefined).map(([key]) => key);
    if (wrong.length > 0)
        throw notMetrics(on, `no number: ${wrong.join(', ')}`);
    return Object.fromEntries(entries);
}
function metrics_wire_toNumber(metric) {
    if (typeof metric === 'number')
        return metric;
    return typeof metric === 'string' && WRITTEN_NUMBER.test(metric) ? Number(metric) : undefined;
}
function readJson(text, on) {
    try {
        return JSON.parse(text.replace(/([:,[]\s*)(-?(?:NaN|Infinity))(?=\s*[,}\]])/g, '$1"$2"'));
    }
    catch (error) {
        throw notMetrics(on, messageOf(error));
    }
}
/**
 * JSON.parse takes the last of two values of one key, and so may judge another number than a person reads. The object
 * is flat; a key may be spelled with escapes.
 */
function repeatedKeys(text) {
    const seen = new Set();
    const twice = new Set();
    for (const [, spelled = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)) {
        const key = String(JSON.parse(`"${spelled}"`));
        if (seen.has(key))
            twice.add(key);
        seen.add(key);
    }
    return [...twice];
}
function notMetrics(on, seen) {
    return new Failure({
        kind: 'config',
        code: 'METRICS_SHAPE',
        what: 'The metrics cannot be read',
        on,
        seen,
        next: 'Give a JSON object of numbers, such as {"accuracy": 0.91}',
    });
}

;// CONCATENATED MODULE: ./actions/metric-gate/src/metrics.js




/** JSON text, or the path of a JSON file below `folder`, as metrics. */
async function readMetrics(input, { name, folder }) {
    const text = input.trimStart().startsWith('{') ? input : await readText((0,external_node_path_namespaceObject.resolve)(folder, input), name);
    return parseMetrics(text, `the input \`${name}\``);
}
async function readText(path, name) {
    return (0,external_node_fs_promises_namespaceObject.readFile)(path, 'utf8').catch((cause) => {
        throw new Failure({
            kind: 'config',
            code: 'METRICS_FILE',
            what: 'Cannot read the metrics',
            on: `the input \`${name}\``,
            seen: messageOf(cause),
            next: 'Give a JSON object, or the path of a file that the training wrote',
            cause,
        });
    });
}

;// CONCATENATED MODULE: ./actions/metric-gate/src/report.js

/** The verdict first, then every gate with what was seen, then all metrics folded. */
function reportGates(verdicts, metrics) {
    const failed = verdicts.filter(({ passed }) => !passed).length;
    return [heading(failed, verdicts.length), '', ...gateTable(verdicts), ...metricTable(metrics)].join('\n');
}
function heading(failed, all) {
    if (all === 0)
        return '## ✅ Metrics read, no gate asked for';
    if (failed === 0)
        return all === 1 ? '## ✅ The gate passed' : `## ✅ All ${all} gates passed`;
    return `## ❌ ${failed} of ${all} gates did not pass: nothing was deployed`;
}
function gateTable(verdicts) {
    if (verdicts.length === 0)
        return [];
    const rows = verdicts.map(({ gate, passed, seen }) => `| ${inlineCode(gate.source)} | ${inlineCode(seen)} | ${passed ? '✅' : '❌'} |`);
    return ['| gate | seen | |', '|:--|:--|:--|', ...rows, ''];
}
function metricTable(metrics) {
    const rows = Object.entries(metrics).map(([name, value]) => `| ${inlineCode(name)} | ${inlineCode(String(value))} |`);
    return [
        '<details><summary>All metrics</summary>',
        '',
        '| metric | value |',
        '|:--|--:|',
        ...rows,
        '',
        '</details>',
        '',
    ];
}

;// CONCATENATED MODULE: ./actions/metric-gate/src/run.js




/** Reads the metrics, judges every gate, and fails when one did not pass. */
async function run(inputs, world) {
    const folder = world.context.workspace;
    const gates = parseGates(inputs.gate);
    const metrics = await readMetrics(inputs.metrics, { name: 'metrics', folder });
    const champion = inputs.champion === undefined
        ? undefined
        : await readMetrics(inputs.champion, { name: 'champion', folder });
    const verdicts = evaluateGates(gates, { metrics, champion });
    const result = { ...run_describe(metrics, champion, verdicts), summary: reportGates(verdicts, metrics) };
    if (verdicts.every(({ passed }) => passed))
        return result;
    const { outputs, report, summary } = result;
    throw withDetails(gateFailure(verdicts, metrics), { outputs, report, summary });
}
function run_describe(metrics, champion, verdicts) {
    const gates = verdicts.map(({ gate, passed, seen }) => ({ gate: gate.source, passed, seen }));
    const passed = verdicts.every((verdict) => verdict.passed);
    return {
        outputs: { metrics, passed, gates },
        report: { metrics, champion: champion ?? null, gates },
        lineage: { metrics, gates },
    };
}

;// CONCATENATED MODULE: ./actions/metric-gate/src/main.js



void runAction({ name: 'metric-gate', inputs: inputs, run: run });

