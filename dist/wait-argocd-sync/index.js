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
function sanitizeText(text, { maxLines = 200, maxLineLength = 2_000 } = {}) {
    const lines = text.split(LINE_ENDS);
    const kept = lines.slice(0, maxLines).map((line) => sanitizeLine(line, maxLineLength));
    if (lines.length > maxLines)
        kept.push(`… (${lines.length - maxLines} more lines)`);
    return kept.join('\n');
}
/** Server text set off by a bar, so that problem matchers left behind by other actions do not match it. */
function quoteForeignText(text, limits) {
    return sanitizeText(text, limits)
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
/** A text without what matches the pattern. */
function squeeze(text, pattern) {
    const kept = [];
    let end = 0;
    for (const { 0: unseen, index } of text.matchAll(pattern)) {
        if (index > end)
            kept.push({ from: end, text: text.slice(end, index) });
        end = index + unseen.length;
    }
    if (end === 0)
        return { text, at: (index) => index };
    kept.push({ from: end, text: text.slice(end) });
    return { text: kept.map((part) => part.text).join(''), at: placeIn(kept) };
}
function placeIn(kept) {
    const starts = [];
    for (let part = 0, start = 0; part < kept.length; start += kept[part]?.text.length ?? 0, part += 1)
        starts.push(start);
    return (index) => {
        let [low, high] = [0, starts.length - 1];
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if ((starts[middle] ?? 0) <= index)
                low = middle;
            else
                high = middle - 1;
        }
        return (kept[low]?.from ?? 0) + index - (starts[low] ?? 0);
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
    return redactor.redact(sanitizeText(redactor.redact(text), limits));
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

;// CONCATENATED MODULE: ./packages/runner/src/fit.js
/**
 * JSON text below `limit` bytes: the longest lists and texts are cut, step by step, until it fits.
 * A cut list stays a list of the same items; an object with cut lists says so in its key `truncated`:
 * `{"files":[…],"truncated":{"files":12043}}` gives the true counts.
 */
function fitJson(value, limit) {
    let text = JSON.stringify(value);
    for (let keep = 1_000; Buffer.byteLength(text) >= limit && keep > 0; keep = Math.floor(keep / 2)) {
        text = JSON.stringify(cut(value, keep));
    }
    return Buffer.byteLength(text) < limit
        ? text
        : JSON.stringify({ truncated: true, bytes: Buffer.byteLength(JSON.stringify(value)) });
}
/** A text below `limit` bytes; a cut one says how long it was. */
function fitText(value, limit) {
    const bytes = Buffer.from(value);
    if (bytes.length < limit)
        return value;
    const kept = bytes.subarray(0, limit - 64).toString('utf8');
    return `${kept.replace(/\ufffd+$/, '')}… (${bytes.length} bytes in all)`;
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
function isList(value) {
    return Array.isArray(value);
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./packages/runner/src/kept-file.js


/** Path of a file below the runner's temporary folder that no other step uses; the folder is made. */
function keptFile(folder, action, what) {
    (0,external_node_fs_namespaceObject.mkdirSync)(folder, { recursive: true });
    return (0,external_node_path_namespaceObject.join)(folder, `${action}-${process.pid}-${what}.json`);
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
        const texts = new Map(given.map(([name, value]) => [name, fit(value, limit)]));
        if (2 * [...texts].flat().join('').length >= OUTPUTS_LIMIT && limit > SHORT_OUTPUT)
            continue;
        const cut = given.filter(([name, value]) => texts.get(name) !== wholeOf(value));
        return {
            texts,
            cut: new Map(cut.map(([name, value]) => [name, `${name} (${lossOf(value, texts.get(name) ?? '')})`])),
        };
    }
}
/**
 * Writes outputs to the runner's file; an undefined value is not written. Where one is cut, and no output `<name>-file`
 * tells where it is whole, it is kept in a file below `temp`; the result is a sentence that says so.
 * @throws Failure OUTPUT_FILE, `quota` where the disk is full
 */
function writeOutputs(outputs, { action, temp, redactor }) {
    const { texts, cut } = planOutputs(outputs);
    try {
        for (const [name, text] of texts)
            setOutput(name, redactor.redact(text));
    }
    catch (cause) {
        throw outputFailure(cause);
    }
    const lost = [...cut.keys()].filter((name) => !Object.hasOwn(outputs, `${name}-file`));
    if (lost.length === 0)
        return undefined;
    const whole = Object.fromEntries(lost.map((name) => [name, outputs[name]]));
    const list = lost.map((name) => cut.get(name)).join(', ');
    return `Too long for an output, and cut: ${list}. ${keepWhole(whole, { action, temp, redactor })}`;
}
/** What was done is done: that the whole cannot be kept takes nothing of it back. */
function keepWhole(whole, { action, temp, redactor }) {
    try {
        const file = keptFile(temp, action, 'outputs');
        (0,external_node_fs_namespaceObject.writeFileSync)(file, `${redactor.redact(JSON.stringify(whole, undefined, 2))}\n`, { mode: 0o600 });
        return `The whole is in ${file}`;
    }
    catch (cause) {
        return `The whole could not be kept: ${messageOf(cause)}`;
    }
}
function fit(value, limit) {
    return typeof value === 'object' ? fitJson(value, limit) : fitText(String(value), limit);
}
function wholeOf(value) {
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
function lossOf(value, text) {
    if (!Array.isArray(value))
        return formatCount(Buffer.byteLength(wholeOf(value)), 'byte');
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

;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: ./packages/runner/src/report-file.js


/** Writes the whole report as JSON below the runner's temporary folder and returns its path. */
async function writeReportFile(folder, action, report, redactor) {
    const path = keptFile(folder, action, 'report');
    await (0,promises_namespaceObject.writeFile)(path, `${redactor.redact(JSON.stringify(report, undefined, 2))}\n`, { mode: 0o600 });
    return path;
}

;// CONCATENATED MODULE: ./packages/runner/src/result.js


function createResultWriter(action, world, redactor) {
    const reportOutputs = async (report) => {
        if (report === undefined)
            return {};
        // What was done is done: a report that cannot be kept takes nothing of it back.
        const file = await writeReportFile(world.context.temp, action, report, redactor).catch((cause) => {
            world.log.warn(`The report file could not be written: ${messageOf(cause)}`);
            return undefined;
        });
        return { report, 'report-file': file };
    };
    return {
        outputsOf: async ({ outputs, report, lineage }) => ({
            ...outputs,
            ...(await reportOutputs(report)),
            lineage: stamp(action, lineage, world),
        }),
        async withReport(failure) {
            if (failure.details.report === undefined)
                return failure;
            const outputs = { ...failure.details.outputs, ...(await reportOutputs(failure.details.report)) };
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
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
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
function parseCertificates(pem) {
    const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    if (blocks.length > 0 && blocks.every(isCertificate))
        return [...blocks];
    throw badConfig('HTTP_BAD_CA', 'ca-cert', blocks.length === 0 ? 'it holds no PEM certificate' : 'a certificate in it cannot be read', 'Give the PEM text of the CA, from "-----BEGIN CERTIFICATE-----" on; several may follow each other');
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
        sleep: (ms) => (0,external_node_timers_promises_namespaceObject.setTimeout)(timerOf(ms), undefined, { signal }).catch(() => Promise.reject(signal.reason)),
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

;// CONCATENATED MODULE: ./packages/git/src/branch-name.js

const WANT = 'the name of a branch as git-check-ref-format allows it, without refs/heads/';
/**
 * A branch name by the rules of git-check-ref-format(1) and those that `git branch` adds: no leading dash,
 * not HEAD.
 * @throws Expected
 */
function parseBranchName(text) {
    const components = text.split('/');
    const isWrong = text === '' ||
        text === 'HEAD' ||
        text.startsWith('-') ||
        text.startsWith('refs/') ||
        text.endsWith('.') ||
        text.includes('..') ||
        text.includes('@{') ||
        text.length > 200 ||
        /[\u0000-\u0020\u007f~^:?*[\\]/.test(text) ||
        components.some((component) => component === '' || component.startsWith('.') || component.endsWith('.lock'));
    if (isWrong)
        throw new expected_Expected(WANT);
    return text;
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
const duration_WANT = 'a duration such as 90s, 10m or 1h30m';
/**
 * `90s`, `10m`, `1h30m`, `500ms`, `7d` -> milliseconds; each unit once, the longest first. A bare number is refused,
 * except `0`: its unit would be a guess.
 */
function parseDuration(text) {
    if (text === '0')
        return 0;
    const amounts = DURATION.exec(text)?.slice(1);
    if (text === '' || amounts === undefined)
        throw new expected_Expected(duration_WANT);
    const total = Object.values(UNITS).reduce((sum, factor, index) => sum + Number(amounts[index] ?? 0) * factor, 0);
    if (total > Number.MAX_SAFE_INTEGER)
        throw new expected_Expected(duration_WANT);
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

;// CONCATENATED MODULE: ./packages/text/src/blanks.js
/** Line ends of every system; a bare carriage return is one too. */
const LINE_END = /\r\n?|\n/;
/** Only ASCII white space: `String.trim` also takes a no-break space or a byte order mark off, and so can change what a text names. */
function trimBlanks(text) {
    return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
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
    awsRegion: () => fields_text(),
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

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/inputs.js



const fields = {
    mode: fields_oneOf('wait', 'check')({ default: 'wait' }),
    url: url({ required: true }),
    token: secret({ required: true }),
    application: parsed('name', parseName)({ required: true }),
    project: parsed('name', parseName)(),
    'app-namespace': parsed('name', parseName)(),
    revision: parsed('commit', parseCommit)(),
    repository: fields_text(),
    branch: parsed('branch', parseBranchName)({ default: 'main' }),
    'repository-token': secret(),
    'expected-images': lines(),
    'on-superseded': fields_oneOf('accept', 'fail')({ default: 'accept' }),
    'deep-health': fields_boolean({ default: 'true' }),
    'include-pod-logs': fields_boolean({ default: 'false' }),
    'accept-suspended': fields_boolean({ default: 'false' }),
    'degraded-grace': duration({ default: '60s' }),
    settle: duration({ default: '10s' }),
    interval: duration({ default: '10s' }),
    timeout: common.timeout('15m'),
    'request-timeout': common.requestTimeout(),
    'ca-cert': common.caCert(),
    'extra-headers': common.extraHeaders(),
    summary: common.summary(),
};
const inputs = defineInputs(fields, ({ mode, revision, settle, timeout, interval }, problem) => {
    if (mode === 'wait' && revision === undefined)
        problem('revision', 'is required: want a commit');
    if (settle >= timeout)
        problem('settle', '`settle` has to be shorter than `timeout`, or the wait can never succeed');
    if (interval < 100)
        problem('interval', 'want at least 100ms');
});
/** A name of a Kubernetes object (RFC 1123 subdomain). */
function parseName(value) {
    if (/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(value))
        return value;
    throw new expected_Expected('a name of lower-case letters, digits, - and .');
}
/** A branch or a short id would be a guess: only a full one names a commit for ever. */
function parseCommit(value) {
    if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value))
        return value;
    throw new expected_Expected('a full commit id of 40 hex digits, as the output `commit-sha` of bump-kserve-image');
}

;// CONCATENATED MODULE: ./packages/argocd/src/turn.js
function syncsByItself({ spec }) {
    return spec.syncPolicy?.automated?.enabled === true;
}
/**
 * RollingSync switches automated sync off in the Applications, and syncs each when its step has come (argo-cd
 * applicationset/controllers, progressive syncs); undefined where nothing of the kind is at work. Needs
 * `applicationsets, get`: without it only the owner is known.
 */
async function readTurn(argocd, application) {
    const { name, namespace, ownerReferences } = application.metadata;
    const owner = ownerReferences.find(({ kind }) => kind === 'ApplicationSet');
    if (owner === undefined || syncsByItself(application))
        return undefined;
    const set = await argocd.applicationSet(owner.name, namespace).catch(() => undefined);
    if (set !== undefined && set.spec.strategy?.type !== 'RollingSync')
        return undefined;
    const own = set?.status.applicationStatus.find((one) => one.application === name);
    const standing = own && `step ${own.step}, ${own.status}${own.message === '' ? '' : `: ${own.message}`}`;
    return { applicationSet: owner.name, standing };
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/sightings.js
/** The memory after one more look; what was not seen this time is forgotten. Pure. */
function remember(before, seen, now) {
    return new Map([...new Set(seen)].map((key) => {
        const last = before.get(key);
        return [key, { looks: (last?.looks ?? 0) + 1, since: last?.since ?? now }];
    }));
}
/** Whether it has been seen often and long enough. Pure. */
function hasLasted(sightings, key, patience, now) {
    const seen = sightings.get(key);
    return seen !== undefined && seen.looks >= patience.looks && now - seen.since >= patience.lasting;
}

;// CONCATENATED MODULE: ./packages/wait/src/verdict.js
function pending(reason) {
    return { status: 'pending', reason };
}
function done(value) {
    return { status: 'done', value };
}
function verdict_failed(failure) {
    return { status: 'failed', failure };
}

;// CONCATENATED MODULE: ./packages/argocd/src/live-failure.js

function degradedText({ status }) {
    const broken = status.resources.filter(({ health }) => health?.status === 'Degraded');
    const details = broken.map(({ kind, name, health }) => `${kind} ${name}: ${health?.message ?? ''}`);
    return [`Degraded${status.health.message === '' ? '' : `: ${status.health.message}`}`, ...details].join('\n');
}
function liveFailure(application, kind, code, seen, next) {
    return new Failure({
        kind,
        code,
        what: 'The commit is not live',
        on: `Application ${application.metadata.name}`,
        seen,
        next,
    });
}

;// CONCATENATED MODULE: ./packages/argocd/src/source.js
/** The sources whose repository is this one; all Git sources when no repository is given. */
function selectSources(application, repository) {
    const { source, sources } = application.spec;
    const all = sources.length > 0
        ? sources.map((item, index) => ({ source: item, index }))
        : source === undefined
            ? []
            : [{ source, index: undefined }];
    return all.filter((item) => item.source.chart === undefined &&
        !item.source.repoURL.startsWith('oci://') &&
        (repository === undefined || isSameRepository(item.source.repoURL, repository)));
}
/** The revision that Argo CD last compared with, for that source. */
function revisionOf({ revision, revisions }, { index }) {
    return index === undefined ? revision : (revisions[index] ?? '');
}
/** Whether two spellings name one repository: scheme, user, `.git`, letter case and a trailing slash do not count. */
function isSameRepository(a, b) {
    const left = normalize(a);
    const right = normalize(b);
    return left === right || left.endsWith(`/${right}`) || right.endsWith(`/${left}`);
}
/** `https://u@Git.example/Org/Repo.git`, `git@git.example:org/repo` -> `git.example/org/repo`; `Org/Repo` -> `org/repo` */
function normalize(url) {
    return url
        .toLowerCase()
        .replace(/^[a-z+]+:\/\//, '')
        .replace(/^[^@/]+@/, '')
        .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
        .replace(/\/+$/, '')
        .replace(/\.git$/, '');
}
/** A full commit id. On a manifest error `status.sync.revision` may be a branch name (argo-cd #29575). */
function isCommit(revision) {
    return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);
}

;// CONCATENATED MODULE: ./packages/argocd/src/live-state.js

/** Whether `is` has been so for at least `ms`, at every look: one that did not come to ask starts it anew. */
function lasting(memory, name, is, state, ms) {
    return is && state.now - begin(memory, name, state).at >= ms;
}
/** Whether `is` has been so for at least `ms`, and Argo CD has compared again meanwhile: what it said before may be old. */
function lastingAnew(memory, name, is, state, ms) {
    if (!is)
        return false;
    const { at, comparedAt } = begin(memory, name, state);
    return state.now - at >= ms && comparedAtOf(state.application) > comparedAt;
}
function begin({ since, look }, name, { application, now }) {
    const before = since.get(name);
    const goesOn = before !== undefined && before.look >= look - 1;
    const found = goesOn ? before : { at: now, comparedAt: comparedAtOf(application), look };
    found.look = look;
    since.set(name, found);
    return found;
}
/** When Argo CD last compared with Git, in milliseconds; NaN where it never has. */
function comparedAtOf({ status }) {
    return Date.parse(status.reconciledAt);
}
function currentRevision({ application }, { source }) {
    const revision = revisionOf(application.status.sync, source);
    return isCommit(revision) ? revision : '';
}

;// CONCATENATED MODULE: ./packages/argocd/src/live-blocked.js



const COMPARISON_GRACE_MS = 60_000;
/** What keeps every commit, or this one, from ever becoming live. */
function judgeBlocked(state, memory) {
    const { application } = state;
    const { metadata } = application;
    const fail = (kind, code, seen, next) => verdict_failed(liveFailure(application, kind, code, seen, next));
    if (metadata.deletionTimestamp !== undefined)
        return fail('not-found', 'ARGOCD_DELETED', 'the Application is being deleted', 'Create it again, then run this step again');
    if (metadata.annotations['argocd.argoproj.io/skip-reconcile'] === 'true')
        return fail('policy', 'ARGOCD_SKIP_RECONCILE', 'the annotation argocd.argoproj.io/skip-reconcile stops Argo CD', 'Remove the annotation');
    const condition = lastingError(state, memory);
    if (condition === undefined)
        return undefined;
    return fail('workload', 'ARGOCD_COMPARISON', `${condition.type}: ${condition.message}`, 'Correct the manifests or the Application; nothing was deployed');
}
/**
 * An invalid specification, or one whose project cannot be read, is not compared at all, so `reconciledAt` stands still (argo-cd controller/appcontroller.go
 * processAppRefreshQueueItem); an error of a comparison is only that of this commit once there has been another one.
 */
function lastingError(state, memory) {
    const { conditions } = state.application.status;
    const of = (...wanted) => conditions.find(({ type }) => wanted.includes(type));
    const [invalid, failed] = [of('InvalidSpecError', 'UnknownError'), of('ComparisonError')];
    const isInvalid = lasting(memory, 'invalid', invalid !== undefined, state, COMPARISON_GRACE_MS);
    const hasFailed = lastingAnew(memory, 'comparison', failed !== undefined, state, COMPARISON_GRACE_MS);
    return isInvalid ? invalid : hasFailed ? failed : undefined;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/version.js

/** The container that serves the model (kserve/kserve pkg/constants, `InferenceServiceContainerName`). */
const version_SERVER_CONTAINER = 'kserve-container';
/** Where KServe notes the model's URI (pkg/constants, `StorageInitializerSourceUriInternalAnnotationKey`). */
const SOURCE_URI = 'internal.serving.kserve.io/storage-initializer-sourceuri';
const REVISION = 'deployment.kubernetes.io/revision';
/** The image of a container as written in a pod spec; undefined where there is no such container. */
function version_imageOf({ containers }, name = version_SERVER_CONTAINER) {
    return containers.find((container) => container.name === name)?.image;
}
/** The model of a pod or of its template: KServe's annotation, else the first argument of the storage-initializer. */
function version_storageUriOf({ metadata, spec, }) {
    const noted = metadata.annotations[SOURCE_URI];
    if (noted !== undefined)
        return noted;
    return spec.initContainers.find(({ name }) => name === 'storage-initializer')?.args[0];
}
/**
 * Whether an image in a manifest is the wanted one: written the same, or the same repository with the wanted digest.
 * `repository:tag` also stands for `repository:tag@sha256:…`; then the pods must prove the digest.
 */
function version_matchesImage(actual, want) {
    if (want.image === undefined && want.digest === undefined)
        return true;
    if (actual === undefined)
        return false;
    if (want.image === undefined)
        return actual.includes('@') ? actual.endsWith(`@${want.digest}`) : true;
    if (actual === want.image)
        return true;
    const [one, other] = [partsOf(actual), partsOf(want.image)];
    const digest = other.digest ?? want.digest;
    if (one.repository !== other.repository)
        return false;
    if (one.digest !== undefined && digest !== undefined)
        return one.digest === digest;
    return other.tag !== undefined && one.tag === other.tag;
}
function partsOf(image) {
    const [named = '', digest] = image.split('@', 2);
    const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
    return {
        repository: colon === -1 ? named : named.slice(0, colon),
        tag: colon === -1 ? undefined : named.slice(colon + 1),
        digest,
    };
}
/** The ReplicaSet of the current template: the highest revision that the Deployment's controller has given. */
function version_newestOf(replicaSets, deployment) {
    return replicaSets
        .filter((set) => version_ownedBy(set, deployment))
        .reduce((newest, set) => (newest === undefined || isNewer(set, newest) ? set : newest), undefined);
}
function isNewer({ metadata: one }, { metadata: other }) {
    const difference = version_revisionOf(one) - version_revisionOf(other);
    return difference === 0 ? one.creationTimestamp > other.creationTimestamp : difference > 0;
}
function version_revisionOf({ annotations }) {
    return Number(annotations[REVISION] ?? '0');
}
function version_ownedBy(child, owner) {
    return child.metadata.ownerReferences.some(({ uid }) => uid !== '' && uid === owner.metadata.uid);
}
function version_isReady({ status }) {
    return conditionOf(status.conditions, 'Ready')?.status === 'True';
}

;// CONCATENATED MODULE: ./packages/argocd/src/live-health.js




function judgeHealth(state, want, memory) {
    const { application } = state;
    const { status, message } = application.status.health;
    const degraded = lasting(memory, 'degraded', status === 'Degraded', state, want.degradedGrace);
    if (status === 'Healthy' || (status === 'Suspended' && want.acceptSuspended))
        return undefined;
    if (degraded)
        return verdict_failed(liveFailure(application, 'workload', 'ARGOCD_DEGRADED', degradedText(application), 'Look at the resource named here; the summary lists the pods'));
    return pending(`synced, health ${status}${message === '' ? '' : `: ${message}`}`);
}
/** An object may look well because its controller has not yet read what was synced: KServe compares no generations. */
function judgeBehind({ behind }) {
    return behind === undefined ? undefined : pending(`synced; ${behind}`);
}
function judgeImages({ application }, want) {
    const seen = application.status.summary.images;
    const missing = want.images.find((image) => !seen.some((one) => version_matchesImage(one, { image })));
    return missing === undefined ? undefined : pending(`no pod has the image ${missing} yet`);
}

;// CONCATENATED MODULE: ./packages/argocd/src/live-operation.js




/** Whether an operation is under way or about to begin. */
function isSyncing({ operation, status }) {
    const phase = status.operationState?.phase;
    return operation !== undefined || phase === 'Running' || phase === 'Terminating';
}
/**
 * The last operation, where it is the one of the revision that counts: the wanted one, or the newer one that Argo CD is
 * at. One of an older revision is stale.
 */
function ownOperation(state, want) {
    const operation = realOperation(state.application);
    if (operation === undefined)
        return undefined;
    const counting = state.relation === 'newer' ? currentRevision(state, want) : want.revision;
    return operationRevision(operation, want.source) === counting ? operation : undefined;
}
/** The last operation that was more than a trial. */
function realOperation({ status: { operationState } }) {
    return operationState?.operation.sync?.dryRun === true ? undefined : operationState;
}
/** The commit of the last operation, where it failed and no other one has been asked for since. */
function failedRevision(application, source) {
    const operation = realOperation(application);
    // The controller takes away what was asked for when it writes how that ended (controller/appcontroller.go setOperationState).
    if (application.operation !== undefined)
        return undefined;
    const hasFailed = operation?.phase === 'Failed' || operation?.phase === 'Error';
    return hasFailed ? operationRevision(operation, source) : undefined;
}
/**
 * A failed operation of the revision fails at once, also behind Synced and Healthy (a PostSync hook). So does one of a
 * commit in between, where the newer one that Argo CD is at changes nothing here and therefore is not synced.
 */
function judgeOperation(state, want) {
    const commit = failedRevision(state.application, want.source);
    const own = ownOperation(state, want);
    const isLast = state.relation === 'newer' && state.application.status.sync.status === 'Synced';
    const contains = state.operated === 'same' || state.operated === 'newer';
    const operation = own ?? (isLast && contains ? realOperation(state.application) : undefined);
    if (commit === undefined || operation === undefined)
        return undefined;
    const broken = (operation.syncResult?.resources ?? []).filter(({ status, hookPhase }) => status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error');
    const details = broken.map(({ kind, name, message }) => `${kind} ${name}: ${message}`);
    const ended = operation.phase === 'Error' ? 'ended in an error' : 'failed';
    const what = own === undefined
        ? `${commit.slice(0, 7)} ${ended}, and none came since`
        : `${whichOf(state, want)} ${ended}`;
    const seen = [`the sync of ${what}: ${operation.message}`, ...details];
    const next = 'Correct the manifests or the hook, and commit again';
    return verdict_failed(liveFailure(state.application, 'workload', 'ARGOCD_SYNC_FAILED', seen.join('\n'), next));
}
function whichOf(state, want) {
    if (state.relation !== 'newer')
        return 'this commit';
    return `the newer commit ${currentRevision(state, want).slice(0, 7)}`;
}
/** Health that was judged before the operation ended says nothing (kargo #2196). */
function judgeFreshness({ application }) {
    return isJudgedSince(application) ? undefined : pending('synced; health has not been judged since');
}
/** Whether Argo CD has compared since its last operation ended. */
function isJudgedSince(application) {
    const finished = Date.parse(realOperation(application)?.finishedAt ?? '');
    return Number.isNaN(finished) || comparedAtOf(application) >= finished;
}
function operationRevision({ syncResult, operation }, source) {
    const result = syncResult === undefined ? '' : revisionOf(syncResult, source);
    return result === '' && operation.sync !== undefined ? revisionOf(operation.sync, source) : result;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/rollout-troubles.js




const BRIEF = { looks: 2, lasting: 0 };
/** A quota is freed when an old pod goes, a webhook comes back: both within seconds or not at all. */
const TRIED_AGAIN = { looks: 2, lasting: 20_000 };
/** What the observer must remember from look to look, so that patience can be judged. */
function rolloutKeys(state, want) {
    return troublesOfRollout(state, want).map(({ key }) => key);
}
/**
 * What is wrong with the wanted version now. Pods of older ReplicaSets do not count, nor does anything that the
 * Deployment said before it was told of the wanted version.
 */
function troublesOfRollout(state, want) {
    const { deployment } = state;
    if (deployment === undefined || notYetWanted(deployment, want) !== undefined)
        return [];
    const fresh = newestOf(state.replicaSets, deployment);
    const pods = fresh === undefined ? [] : state.pods.filter((pod) => isActive(pod) && ownedBy(pod, fresh));
    return [...pods.flatMap(troublesOfPod).sort(byGravity), ...troublesOfDeployment(deployment)];
}
const GRAVITY = (/* unused pure expression or super */ null && ([
    'init-failed',
    'crash-loop',
    'image-name',
    'image-pull',
    'container-config',
]));
function byGravity(a, b) {
    const rank = ({ code }) => (GRAVITY.indexOf(code) + GRAVITY.length + 1) % (GRAVITY.length + 1);
    return rank(a) - rank(b);
}
/** Pods that the API server does not let be made: a quota is used up, or an admission policy says no. */
function createRefused({ name, uid }, kind, { reason, message }) {
    const on = `${kind} ${name}`;
    return {
        code: 'create-refused',
        key: `refused ${uid}`,
        on,
        reason,
        message,
        isLog: false,
        patience: TRIED_AGAIN,
    };
}
function troublesOfDeployment({ metadata, status }) {
    const refused = conditionOf(status.conditions, 'ReplicaFailure');
    const progress = conditionOf(status.conditions, 'Progressing');
    const on = `Deployment ${metadata.name}`;
    const isLog = false;
    const troubles = [];
    if (refused?.status === 'True')
        troubles.push(createRefused(metadata, 'Deployment', refused));
    if (progress?.status === 'False' && progress.reason === 'ProgressDeadlineExceeded') {
        const { reason, message } = progress;
        troubles.push({
            code: 'progress-deadline',
            key: `deadline ${metadata.uid}`,
            on,
            reason,
            message,
            isLog,
            patience: BRIEF,
        });
    }
    return troubles;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/rollout-progress.js

/** Why the Deployment is not about the wanted version yet. */
function rollout_progress_notYetWanted({ metadata, spec, status }, want) {
    const image = imageOf(spec.template.spec, want.container);
    if (!matchesImage(image, want)) {
        return `the Deployment still has the image ${image ?? 'of no such container'}`;
    }
    const storageUri = storageUriOf(spec.template);
    if (want.storageUri !== undefined && storageUri !== want.storageUri) {
        return `the Deployment still has the model ${storageUri ?? '(none)'}`;
    }
    if (status.observedGeneration < metadata.generation)
        return 'the Deployment has not been acted on yet';
    return undefined;
}
/** Why the rollout is not complete, in the order in which it happens. */
function notYetComplete({ replicaSets, pods }, deployment, want) {
    const { spec, status } = deployment;
    const fresh = newestOf(replicaSets, deployment);
    if (fresh === undefined || !sameVersion(fresh.spec.template, spec.template, want.container)) {
        return 'the ReplicaSet of the new version does not exist yet';
    }
    const wanted = spec.replicas;
    if (wanted === 0)
        return 'it is scaled to zero: no pod serves';
    if (status.updatedReplicas < wanted)
        return `${status.updatedReplicas} of ${wanted} pods are new`;
    const active = pods.filter(rollout_progress_isActive);
    const stale = active.filter((pod) => !ownedBy(pod, fresh));
    const live = active.filter((pod) => ownedBy(pod, fresh) && isReady(pod));
    const waiting = `${live.length} of ${wanted} new pods are ready`;
    if (status.replicas > status.updatedReplicas || stale.length > 0) {
        return `${waiting}, ${plural(Math.max(stale.length, status.replicas - status.updatedReplicas), 'old pod')} still there`;
    }
    if (status.availableReplicas < status.updatedReplicas || live.length < wanted)
        return waiting;
    if (status.updatedReplicas > wanted)
        return `${status.updatedReplicas - wanted} pods more than wanted still there`;
    const wrong = live.find((pod) => !runsWanted(pod, want));
    if (wrong !== undefined)
        return `pod ${wrong.metadata.name} is ready, but its image is not the wanted digest`;
    return undefined;
}
/** A pod on its way out gets no new requests: endpoints drop it when its deletionTimestamp is set. */
function rollout_progress_isActive(pod) {
    const { phase } = pod.status;
    return pod.metadata.deletionTimestamp === undefined && phase !== 'Failed' && phase !== 'Succeeded';
}
function sameVersion(one, other, container) {
    return (imageOf(one.spec, container) === imageOf(other.spec, container) &&
        storageUriOf(one) === storageUriOf(other));
}
/**
 * Whether the pod runs the wanted digest. Its own spec by digest is proof enough, since the runtime verifies what it
 * pulls; a tag is proven by what the runtime says it pulled. Not the other way round: where two indexes share an
 * image, `imageID` may name the other one.
 */
function runsWanted(pod, want) {
    if (want.digest === undefined)
        return matchesImage(imageOf(pod.spec, want.container), want);
    const spec = imageOf(pod.spec, want.container) ?? '';
    const status = statusOf(pod, want.container);
    return spec.endsWith(`@${want.digest}`) || (status?.imageID ?? '').includes(want.digest);
}
/** What the kubelet says of the container that serves. */
function statusOf(pod, container = SERVER_CONTAINER) {
    return pod.status.containerStatuses.find(({ name }) => name === container);
}
/** Ready pods that are of the newest ReplicaSet, and ready pods that are not. */
function countReady({ deployment, replicaSets, pods }) {
    if (deployment === undefined)
        return { fresh: 0, old: 0 };
    const newest = newestOf(replicaSets, deployment);
    const ready = pods.filter((pod) => rollout_progress_isActive(pod) && isReady(pod));
    const fresh = newest === undefined ? [] : ready.filter((pod) => ownedBy(pod, newest));
    return { fresh: fresh.length, old: ready.length - fresh.length };
}
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/image-pull.js
const PATTERNS = [
    ['platform', /no match for platform|no matching manifest for|exec format error/i],
    ['throttled', /toomanyrequests|429 Too Many|rate limit/i],
    ['missing', /not ?found|manifest unknown|name unknown|does not exist|404/i],
    ['denied', /unauthorized|denied|forbidden|no basic auth|authorization failed|\b40[13]\b/i],
    ['unreachable', /timeout|timed out|no such host|connection refused|i\/o|EOF|\b50[0234]\b|TLS|x509/i],
];
/** Reads the message of ErrImagePull or ImagePullBackOff (containerd and CRI-O spell them alike). */
function classifyPull(message) {
    return PATTERNS.find(([, pattern]) => pattern.test(message))?.[0] ?? 'unknown';
}
/** Whether trying again will not help unless somebody changes something. */
function isFinal(problem) {
    return problem === 'missing' || problem === 'denied' || problem === 'platform';
}
const ADVICE = {
    missing: 'Push the image under exactly this name, or correct the image in the manifest',
    denied: 'Let the nodes pull it: for ECR the node role needs AmazonEC2ContainerRegistryPullOnly and the repository policy must allow its account; elsewhere add an imagePullSecret to the ServiceAccount',
    platform: 'Build the image for the architecture of the nodes (`platforms` of ecr-build-push)',
    throttled: 'Wait, or pull through a cache of your own: the registry limits how often it is asked',
    unreachable: 'Check that the nodes reach the registry: DNS, NAT or VPC endpoints, proxy, its CA',
    unknown: 'Read the message above; try to pull the image from a node of the cluster',
};
function pullAdvice(message) {
    return ADVICE[classifyPull(message)];
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/metadata.wire.js

const isOwner = record({ kind: string, name: string, uid: string });
/** Labels or annotations; absent means none. */
const isStringMap = withDefault(dictionary(string), {});
/** ObjectMeta, as far as it is needed here (k8s.io/apimachinery pkg/apis/meta/v1 types.go). */
const isMetadata = record({
    name: string,
    namespace: withDefault(string, ''),
    uid: withDefault(string, ''),
    resourceVersion: withDefault(string, ''),
    generation: withDefault(number, 0),
    creationTimestamp: withDefault(string, ''),
    deletionTimestamp: optional(string),
    labels: isStringMap,
    annotations: isStringMap,
    ownerReferences: withDefault(array(isOwner), []),
});
/** A condition of any kind of object; `status` is True, False or Unknown. */
const isCondition = record({
    type: string,
    status: string,
    reason: withDefault(string, ''),
    message: withDefault(string, ''),
});
/** The one condition of a type, if the object has it. */
function metadata_wire_conditionOf(conditions, type) {
    return conditions.find((condition) => condition.type === type);
}
const isIdentity = record({
    metadata: record({
        name: withDefault(string, ''),
        namespace: withDefault(string, ''),
        resourceVersion: withDefault(string, ''),
    }),
});
/** Which object it is and how new, whatever its kind. A bookmark has a version only. */
function identify(object) {
    const { name, namespace, resourceVersion } = isIdentity(object).metadata;
    return { key: `${namespace}/${name}`, version: resourceVersion };
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/pod-trouble.js


const AT_ONCE = { looks: 1, lasting: 0 };
const SEEN_TWICE = { looks: 2, lasting: 0 };
/** The kubelet's first back-off is 10 s: what lasts longer has been tried again. */
const pod_trouble_TRIED_AGAIN = { looks: 2, lasting: 20_000 };
const PULL = new Set(['ImagePullBackOff', 'ErrImagePull', 'ErrImageNeverPull', 'RegistryUnavailable']);
const CONFIG = new Set(['CreateContainerConfigError', 'CreateContainerError']);
/** Everything that is wrong with one pod, worst first. Pure. */
function pod_trouble_troublesOfPod(pod) {
    const { initContainerStatuses, containerStatuses, conditions } = pod.status;
    const scheduled = metadata_wire_conditionOf(conditions, 'PodScheduled');
    return [
        ...initContainerStatuses.flatMap((status) => [...ended(pod, status, true), ...waits(pod, status)]),
        ...containerStatuses.flatMap((status) => [...ended(pod, status, false), ...waits(pod, status)]),
        ...(scheduled?.status === 'False' ? [unschedulable(pod, scheduled.reason, scheduled.message)] : []),
    ];
}
/**
 * A server that ends twice more after its first start is in a crash loop. An init container is expected to end,
 * so two failures are enough: the first may be a model store that was slow to answer.
 */
function ended(pod, status, isInit) {
    const { state, lastState, restartCount } = status;
    const isBackingOff = state.waiting?.reason === 'CrashLoopBackOff';
    const last = state.terminated ?? (isBackingOff ? lastState.terminated : undefined);
    const failures = restartCount + 1;
    if (last === undefined || failures < (isInit ? 2 : 3))
        return [];
    if (isInit && last.exitCode === 0)
        return [];
    return [
        {
            ...about(pod, status, isInit ? 'init-failed' : 'crash-loop'),
            reason: last.reason === 'OOMKilled' ? 'OOMKilled' : 'CrashLoopBackOff',
            message: last.message,
            isLog: true,
            exitCode: last.exitCode,
            failures,
            patience: AT_ONCE,
        },
    ];
}
function waits(pod, status) {
    const { reason = '', message = '' } = status.state.waiting ?? {};
    const seen = { reason, message, isLog: false };
    if (reason === 'InvalidImageName') {
        return [{ ...about(pod, status, 'image-name'), ...seen, patience: SEEN_TWICE }];
    }
    if (PULL.has(reason)) {
        const patience = isFinal(classifyPull(message)) ? SEEN_TWICE : pod_trouble_TRIED_AGAIN;
        return [{ ...about(pod, status, 'image-pull'), ...seen, patience }];
    }
    if (CONFIG.has(reason))
        return [{ ...about(pod, status, 'container-config'), ...seen, patience: pod_trouble_TRIED_AGAIN }];
    return [];
}
/** An autoscaler may bring a node, so this is said but is no failure. */
function unschedulable(pod, reason, message) {
    return {
        code: 'unschedulable',
        key: `unschedulable ${pod.metadata.uid}`,
        on: `pod ${pod.metadata.name}`,
        pod: pod.metadata.name,
        reason: reason || 'Unschedulable',
        message,
        isLog: false,
        patience: undefined,
    };
}
function about(pod, { name }, code) {
    const { name: podName, uid } = pod.metadata;
    return {
        code,
        key: `${code} ${uid} ${name}`,
        on: `pod ${podName}, container ${name}`,
        pod: podName,
        container: name,
    };
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/explain-trouble.js


const WHAT = {
    'init-failed': 'The new version does not start: its init container fails',
    'crash-loop': 'The new version does not start: its server ends again and again',
    'image-name': 'The new version does not start: its image has no valid name',
    'image-pull': 'The new version does not start: its image cannot be pulled',
    'container-config': 'The new version does not start: its container cannot be created',
    'create-refused': 'The new version does not start: its pods are refused',
    'progress-deadline': 'The rollout of the new version stands still',
    unschedulable: 'The new version does not start: no node takes its pod',
};
/** A trouble that has lasted, as the sentence that its user reads. Kind `workload`, `quota` or `policy`. */
function explainTrouble(trouble, { namespace, showLogs }) {
    return new Failure({
        kind: kindOf(trouble),
        code: `ROLLOUT_${trouble.code.replaceAll('-', '_').toUpperCase()}`,
        what: WHAT[trouble.code],
        on: `${trouble.on}, namespace ${namespace}`,
        seen: describeTrouble(trouble, showLogs),
        next: explain_trouble_adviceFor(trouble, namespace, showLogs),
        retryable: false,
    });
}
function kindOf({ code, message }) {
    if (code !== 'create-refused')
        return 'workload';
    if (/quota/i.test(message))
        return 'quota';
    return /denied|forbidden|policy/i.test(message) ? 'policy' : 'workload';
}
/** `ImagePullBackOff: manifest unknown`, `CrashLoopBackOff (exit code 3, ended 4 times)`: what is seen of it. */
function describeTrouble(trouble, showLogs) {
    const { reason, message, isLog, exitCode, failures } = trouble;
    const counts = [
        exitCode === undefined ? '' : `exit code ${exitCode}`,
        failures === undefined ? '' : `ended ${failures} times`,
    ].filter((part) => part !== '');
    const head = counts.length === 0 ? reason : `${reason} (${counts.join(', ')})`;
    return message === '' || (isLog && !showLogs) ? head : `${head}: ${message}`;
}
function explain_trouble_adviceFor(trouble, namespace, showLogs) {
    const { code, pod = '', container = '', reason, message } = trouble;
    const log = `\`kubectl logs -n ${namespace} ${pod} -c ${container} --previous\`${showLogs ? '' : ', or set include-pod-logs: true'}`;
    switch (code) {
        case 'crash-loop':
            if (reason === 'OOMKilled') {
                return 'Raise the memory limit of the predictor, or load less: the kernel killed the server for its memory';
            }
            return `Read why it ends with ${log}; then start the same image with the same model on your machine`;
        case 'init-failed':
            return `Read why with ${log}`;
        case 'image-name':
            return 'Correct the image in the manifest: it must read registry/repository:tag or registry/repository@sha256:…';
        case 'image-pull':
            return pullAdvice(message);
        case 'container-config':
            return 'Create what the pod refers to (a Secret or ConfigMap, or a key in it), or correct the reference or the command';
        case 'create-refused':
            return /quota/i.test(message)
                ? 'Raise the ResourceQuota of the namespace or lower the requests: a rolling update needs room for one pod more'
                : 'Change the pod so that the admission policy named above accepts it, or the policy';
        case 'progress-deadline':
            return `Look at the new pods: \`kubectl describe pods -n ${namespace}\``;
        case 'unschedulable':
            return 'Add nodes, or lower the requests or the affinity of the predictor';
    }
}

;// CONCATENATED MODULE: ./packages/argocd/src/tree.js
/** Kinds that run something, so that their health is that of the deployed version. */
const RUNNING_KINDS = new Set([
    'Pod',
    'ReplicaSet',
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'Rollout',
    'Revision',
]);
/** Descendants that are not there yet: an Application's own health does not look below its managed resources (argo-cd #11473). */
function unfinishedNodes({ nodes }) {
    return nodes.filter((node) => {
        const { kind, health } = node;
        const isUnfinished = health?.status === 'Progressing' || health?.status === 'Degraded';
        return RUNNING_KINDS.has(kind) && isUnfinished && !isTerminating(node);
    });
}
/** Whether it is a pod that a Job has made. */
function isOfJob({ kind, parentRefs }) {
    return kind === 'Pod' && parentRefs.some((parent) => parent.kind === 'Job');
}
/** The nodes of a kind that this one owns. */
function childrenOf({ nodes }, parent, kind) {
    return nodes.filter((node) => node.kind === kind && isChild(node, parent));
}
/** Pods that may be in trouble: those that Argo CD calls Degraded first, then the youngest. */
function suspectPods(tree) {
    const rank = ({ health }) => (health?.status === 'Degraded' ? 0 : 1);
    return unfinishedNodes(tree)
        .filter(({ kind }) => kind === 'Pod')
        .sort((one, other) => rank(one) - rank(other) || other.createdAt.localeCompare(one.createdAt));
}
/** Whether a pod or a ReplicaSet is of a version before: its ReplicaSet is not the newest of its Deployment. */
function isOutdated({ nodes }, node) {
    const set = node.kind === 'ReplicaSet' ? node : nodes.find((other) => isChild(node, other));
    if (set?.kind !== 'ReplicaSet')
        return false;
    const siblings = nodes.filter((other) => other.kind === 'ReplicaSet' && set.parentRefs.some(({ uid }) => isChildOf(other, uid)));
    return siblings.some((other) => tree_revisionOf(other) > tree_revisionOf(set));
}
function isChild(child, parent) {
    return isChildOf(child, parent.uid);
}
function isChildOf({ parentRefs }, parent) {
    return parent !== '' && parentRefs.some(({ uid }) => uid === parent);
}
/** `Rev:3`: the annotation deployment.kubernetes.io/revision (argo-cd controller/cache/info.go populateNodeInfo). */
function tree_revisionOf(node) {
    return Number(/^Rev:(\d+)$/.exec(infoOf(node, 'Revision'))?.[1] ?? '0');
}
function isTerminating(node) {
    return infoOf(node, 'Status Reason').endsWith('Terminating');
}
function infoOf({ info }, name) {
    return info.find((item) => item.name === name)?.value ?? '';
}

;// CONCATENATED MODULE: ./packages/argocd/src/live-pods.js




/** Controllers replace a pod of the version before within seconds of the sync; what they leave alone is here to stay. */
const LEFT_ALONE = { looks: 3, lasting: 30_000 };
/** A pod of a Job may fail and be tried again: whether it did its work is the Job's to say, and Argo CD reads it there. */
const OF_A_JOB = new Set(['image-name', 'image-pull', 'container-config']);
/**
 * What is wrong with the pods of the revision, by the rules of `kubernetes` for one pod. Which pods are of the revision
 * the tree only half tells: not those of an older ReplicaSet; those that were made since its sync began, for sure; and
 * others only once it is synced and they have been left alone.
 */
function troublesOf(state, want) {
    const { tree, application } = state;
    if (tree === undefined || (state.relation !== 'same' && state.relation !== 'newer'))
        return [];
    const began = Date.parse(ownOperation(state, want)?.startedAt ?? '');
    const isSettled = application.status.sync.status === 'Synced' && !isSyncing(application);
    return unfinishedNodes(tree)
        .filter((node) => !isOutdated(tree, node))
        .flatMap((node) => {
        const isNew = Date.parse(node.createdAt) >= began;
        if (!isNew && !isSettled)
            return [];
        return troublesOfNode(node, state).map((found) => sighted(found, isNew));
    });
}
function troublesOfNode(node, { pods }) {
    const { kind, namespace, health } = node;
    const pod = pods.get(node.uid);
    if (pod !== undefined)
        return troublesOfLive(pod).map((trouble) => ({ trouble, namespace, pod }));
    if (kind !== 'ReplicaSet' || health?.status !== 'Degraded')
        return [];
    // Argo CD calls a ReplicaSet Degraded for its condition ReplicaFailure only (gitops-engine pkg/health).
    const refusal = { reason: 'FailedCreate', message: health.message };
    return [{ trouble: createRefused(node, kind, refusal), namespace, pod: undefined }];
}
function troublesOfLive(pod) {
    if (!rollout_progress_isActive(pod))
        return [];
    const isOfJob = pod.metadata.ownerReferences.some(({ kind }) => kind === 'Job');
    return pod_trouble_troublesOfPod(pod).filter(({ code }) => !isOfJob || OF_A_JOB.has(code));
}
function sighted(found, isNew) {
    const { key, patience } = found.trouble;
    if (isNew || patience === undefined)
        return { ...found, key, patience };
    const longer = {
        looks: Math.max(patience.looks, LEFT_ALONE.looks),
        lasting: Math.max(patience.lasting, LEFT_ALONE.lasting),
    };
    return { ...found, key: `left alone ${key}`, patience: longer };
}
/** The trouble that has lasted for too long. */
function lastingTrouble(troubles, { sightings }, now) {
    return troubles.find(({ key, patience }) => {
        return patience !== undefined && hasLasted(sightings, key, patience, now);
    });
}
/** The reason of a wait with the first trouble behind it; a container's own words stay out, they may be private. */
function withTrouble(verdict, [first]) {
    if (verdict.status !== 'pending' || first === undefined)
        return verdict;
    return pending(`${verdict.reason}; ${first.trouble.on}: ${describeTrouble(first.trouble, false)}`);
}

;// CONCATENATED MODULE: ./packages/argocd/src/live-revision.js




/** Servers of a Git host do not all have a commit at the same moment. */
const REPLICATION_GRACE_MS = 20_000;
/** Whether Argo CD is at the wanted commit, or at a newer one that will do. */
function judgeRevision(state, want, memory) {
    const { application, relation } = state;
    const current = live_revision_short(currentRevision(state, want));
    const wanted = live_revision_short(want.revision);
    const isElsewhere = lastingAnew(memory, 'diverged', relation === 'diverged', state, REPLICATION_GRACE_MS);
    if (relation === 'same')
        return undefined;
    if (relation === 'newer') {
        if (want.acceptNewer)
            return undefined;
        const seen = `Argo CD is already at ${current}, which contains the wanted commit`;
        const next = 'Somebody deployed a newer commit; follow that deployment, or set on-superseded: accept';
        return verdict_failed(liveFailure(application, 'conflict', 'ARGOCD_SUPERSEDED', seen, next));
    }
    const follows = want.source.source.targetRevision;
    if (relation === 'diverged') {
        const seen = `Argo CD is at ${current}, which does not contain ${wanted}${follows === '' ? '' : ` (it follows ${follows})`}`;
        const next = 'Check `branch` and the branch of the Application (targetRevision), and whether the branch was force-pushed';
        if (!isElsewhere)
            return pending(seen);
        return verdict_failed(liveFailure(application, 'conflict', 'ARGOCD_DIVERGED', seen, next));
    }
    if (isCommit(follows) && follows === currentRevision(state, want)) {
        const seen = `Argo CD is at ${current}, and its targetRevision is that very commit, so it follows no branch`;
        const next = 'Set targetRevision of the Application to the branch that this commit was pushed to';
        return verdict_failed(liveFailure(application, 'config', 'ARGOCD_PINNED', seen, next));
    }
    if (current === '')
        return pending('Argo CD has not compared yet');
    if (relation === 'older')
        return pending(`Argo CD is at ${current}, not yet at ${wanted}`);
    return pending(`Argo CD is at ${current}, not yet at ${wanted}, and whether the one contains the other is not known`);
}
function live_revision_short(revision) {
    return revision.slice(0, 7);
}

;// CONCATENATED MODULE: ./packages/argocd/src/live-sync.js




const OUT_OF_SYNC_GRACE_MS = 30_000;
const NAMED = 3;
/** Whether the revision is in the cluster: synced, and nothing under way. */
function judgeSync(state, want, memory) {
    const { application } = state;
    const { sync, conditions } = application.status;
    const syncing = isSyncing(application);
    const waits = !syncing && sync.status === 'OutOfSync';
    const stuck = lasting(memory, `out of sync at ${currentRevision(state, want)}`, waits, state, OUT_OF_SYNC_GRACE_MS);
    if (syncing)
        return pending(describeSync(state, want));
    if (sync.status === 'Synced')
        return undefined;
    const refusal = conditions.find((condition) => isAbout(condition, state, want));
    if (refusal !== undefined) {
        const next = 'Correct the manifests, and commit again';
        return verdict_failed(liveFailure(application, 'workload', 'ARGOCD_SYNC_ERROR', refusal.message, next));
    }
    if (sync.status === 'Unknown')
        return pending(`Argo CD could not compare: ${conditionText(conditions)}`);
    return stuck ? diagnoseOutOfSync(state, want) : pending(`${sync.status}, no sync has started yet`);
}
/** A closed window leaves the SyncError of an earlier commit standing: it names the commit that it is about. */
function isAbout({ type, message }, state, want) {
    if (type !== 'SyncError')
        return false;
    const commits = message.match(/\b[0-9a-f]{40}\b/g) ?? [];
    return commits.length === 0 || commits.some((commit) => commit === currentRevision(state, want));
}
function describeSync(state, want) {
    const { operationState } = state.application.status;
    // Beside one that has yet to begin stands how the last one ended.
    const hasBegun = operationState?.phase === 'Running' || operationState?.phase === 'Terminating';
    if (!hasBegun || operationState.message === '')
        return 'syncing: starting';
    const { message, finishedAt, retryCount } = operationState;
    if (finishedAt === undefined || retryCount === 0)
        return `syncing: ${message}`;
    const which = ownOperation(state, want) === undefined ? ' of an earlier commit' : '';
    return `the sync${which} is being retried: ${message}`;
}
function conditionText(conditions) {
    const [first] = conditions.filter(({ type }) => type.endsWith('Error'));
    return first === undefined ? 'it gives no reason' : `${first.type}: ${first.message}`;
}
/** The revision was compared, nothing runs, and it stays out of sync: say why instead of waiting for the deadline. */
function diagnoseOutOfSync(state, want) {
    const { application, blocking, turn } = state;
    if (turn !== undefined)
        return pending(`OutOfSync; its ApplicationSet ${turn.applicationSet} has not come to it yet (${turn.standing ?? 'its step cannot be read, grant applicationsets, get'})`);
    const policy = (code, seen, next) => verdict_failed(liveFailure(application, 'policy', code, seen, next));
    const automated = application.spec.syncPolicy?.automated;
    if (automated === undefined || !automated.enabled)
        return policy('ARGOCD_AUTO_SYNC_OFF', 'it is OutOfSync and automated sync is off', 'Sync it by hand, or switch automated sync on');
    const different = application.status.resources.filter(({ status }) => status === 'OutOfSync');
    const isPruneOnly = different.length > 0 && different.every(({ requiresPruning }) => requiresPruning);
    if (isPruneOnly && !automated.prune)
        return policy('ARGOCD_PRUNE', 'only resources that have to be pruned are out of sync, and automated sync does not prune', 'Prune them, or set syncPolicy.automated.prune');
    const names = namesOf(application);
    if (!automated.selfHeal && hasDrifted(state, want))
        return policy('ARGOCD_DRIFT', `it was synced at this commit and differs again (${names}), and self-heal is off`, 'Find what changes it after the sync (an admission webhook, an autoscaler, somebody by hand) and list the field in ignoreDifferences, or set syncPolicy.automated.selfHeal');
    if (blocking !== undefined)
        return pending(`OutOfSync; a sync window keeps it from syncing (${blocking.kind} ${blocking.schedule}, ${blocking.duration})`);
    return pending(`OutOfSync (${names}), and Argo CD has not begun to sync although automated sync is on`);
}
/** Argo CD syncs a commit once: what changes after that is left to self-heal (controller/appcontroller.go autoSync). */
function hasDrifted(state, want) {
    return ownOperation(state, want)?.phase === 'Succeeded' && isJudgedSince(state.application);
}
function namesOf({ status }) {
    const different = status.resources.filter((resource) => resource.status === 'OutOfSync');
    const names = different.slice(0, NAMED).map(({ kind, name }) => `${kind} ${name}`);
    const more = different.length > NAMED ? ` and ${different.length - NAMED} more` : '';
    return names.length === 0 ? 'Argo CD names no resource' : `${names.join(', ')}${more}`;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/unready.js



/** The first pod of the newest version that is not ready. Pure. */
function unreadyPod({ deployment, replicaSets, pods }) {
    const newest = deployment && newestOf(replicaSets, deployment);
    if (newest === undefined)
        return undefined;
    return pods.find((pod) => isActive(pod) && ownedBy(pod, newest) && !isReady(pod));
}
/** What a pod that is not ready is doing: `pod churn-x7k2p waits: ContainerCreating`. Pure. */
function describeUnready({ metadata: { name }, status }) {
    const init = status.initContainerStatuses.find(({ state }) => state.running !== undefined);
    // A sidecar is an init container that never ends.
    const isInitialized = metadata_wire_conditionOf(status.conditions, 'Initialized')?.status === 'True';
    if (init !== undefined && !isInitialized)
        return `pod ${name} is in its init container ${init.name}`;
    const containers = [...status.initContainerStatuses, ...status.containerStatuses];
    const reason = containers.map(({ state }) => state.waiting?.reason ?? '').find((one) => one !== '');
    if (reason !== undefined)
        return `pod ${name} waits: ${reason}`;
    return status.containerStatuses.some(({ state }) => state.running !== undefined)
        ? `pod ${name} runs, and is not ready`
        : `pod ${name} is ${status.phase || 'new'}`;
}

;// CONCATENATED MODULE: ./packages/argocd/src/live-unfinished.js





/** What the memory has to hold of nodes that Argo CD calls Degraded; a sync that is under way may yet mend them. */
function degradedKeys(state) {
    return isSyncing(state.application) ? [] : degradedNodes(state).map(degradedKey);
}
/** Whether everything below the Application is there, too. */
function judgeUnfinished(state, want, memory) {
    const { application, tree, pods, now } = state;
    if (tree === undefined)
        return undefined;
    const patience = { looks: 2, lasting: want.degradedGrace };
    const degraded = degradedNodes(state).find((node) => {
        return hasLasted(memory.sightings, degradedKey(node), patience, now);
    });
    if (degraded !== undefined) {
        const { kind, name, health } = degraded;
        const seen = `${kind} ${name} is Degraded: ${health?.message || 'it gives no reason'}`;
        const next = `Look at the pods of ${kind} ${name}; the summary lists those that are not well`;
        return verdict_failed(liveFailure(application, 'workload', 'ARGOCD_DEGRADED', seen, next));
    }
    const nodes = unfinishedNodes(tree).filter((one) => {
        const isPast = one.kind === 'ReplicaSet' && isOutdated(tree, one);
        return !isPast && !isOfJob(one) && isToStay(pods.get(one.uid));
    });
    const node = nodes.find(({ kind }) => kind === 'Pod') ?? nodes[0];
    if (node === undefined)
        return undefined;
    const pod = pods.get(node.uid);
    const what = pod === undefined ? `${node.kind} ${node.name} is ${node.health?.status ?? ''}` : describeUnready(pod);
    return pending(`synced; ${what}`);
}
/**
 * A pod that was evicted or has done its work is left lying there for ever, and is no part of what runs. One that is meant
 * to end is Progressing for as long as it works (gitops-engine pkg/health/health_pod.go); whether it ends well is told by
 * the hook, the Job or the workflow that it belongs to.
 */
function isToStay(pod) {
    return pod === undefined || (rollout_progress_isActive(pod) && pod.spec.restartPolicy === 'Always');
}
function degradedNodes({ tree }) {
    if (tree === undefined)
        return [];
    return unfinishedNodes(tree).filter((node) => {
        return node.kind !== 'Pod' && node.health?.status === 'Degraded' && !isOutdated(tree, node);
    });
}
function degradedKey({ uid, kind, name }) {
    return `degraded ${uid || `${kind}/${name}`}`;
}

;// CONCATENATED MODULE: ./packages/argocd/src/live.js










/**
 * Judges looks at an Application, one after the other, by the race-free rules that no Argo CD client has:
 * this revision (or a newer one that contains it), synced, its own operation succeeded, compared after that operation
 * ended, healthy down to the pods, confirmed by one more comparison, and settled.
 */
function createLiveJudge(want) {
    const memory = {
        since: new Map(),
        look: 0,
        sightings: new Map(),
        green: undefined,
        confirmed: false,
    };
    let troubles = [];
    return {
        evaluate(state) {
            memory.look += 1;
            troubles = troublesOf(state, want);
            const keys = [...troubles.map(({ key }) => key), ...degradedKeys(state)];
            memory.sightings = remember(memory.sightings, keys, state.now);
            const verdict = judge(state, want, memory, troubles);
            if (verdict === undefined)
                return settle(state, want, memory);
            memory.green = undefined;
            memory.confirmed = false;
            return withTrouble(verdict, troubles);
        },
        get isUnconfirmed() {
            return memory.green !== undefined && !memory.confirmed;
        },
        dueIn(now) {
            if (memory.green === undefined)
                return undefined;
            return memory.confirmed ? Math.max(0, memory.green.since + want.settle - now) : CONFIRM_AFTER_MS;
        },
        get troubles() {
            return troubles;
        },
    };
}
/** Argo CD's timestamps have seconds: a refresh within the same one proves nothing. With the jitter of the wait it is over. */
const CONFIRM_AFTER_MS = 1_300;
/** Undefined when everything is good at this moment. */
function judge(state, want, memory, troubles) {
    return (judgeBlocked(state, memory) ??
        judgeOperation(state, want) ??
        judgeRevision(state, want, memory) ??
        judgeTroubles(state, want, memory, troubles) ??
        judgeSync(state, want, memory) ??
        judgeFreshness(state) ??
        judgeHealth(state, want, memory) ??
        judgeUnfinished(state, want, memory) ??
        judgeBehind(state) ??
        judgeImages(state, want));
}
/** Before the sync and the health, which may both wait for the very pod that cannot start. */
function judgeTroubles({ now }, { explain }, memory, troubles) {
    const lasting = lastingTrouble(troubles, memory, now);
    return lasting === undefined ? undefined : verdict_failed(explain(lasting));
}
/** Good now: it has to be good after Argo CD has compared once more, too, and for the settle time. */
function settle(state, want, memory) {
    const comparedAt = comparedAtOf(state.application);
    // A refresh can be answered without a comparison (argo-cd #28603), or compare and never be answered (#21613).
    if (memory.green === undefined)
        memory.green = { since: state.now, comparedAt };
    else if (comparedAt > memory.green.comparedAt)
        memory.confirmed = true;
    const green = state.now - memory.green.since;
    if (!memory.confirmed)
        return pending('synced and healthy; looking once more');
    if (green < want.settle)
        return pending(`synced and healthy for ${Math.round(green / 1_000)} s of ${Math.round(want.settle / 1_000)} s`);
    return done({
        result: state.relation === 'newer' ? 'superseded' : 'live',
        revision: currentRevision(state, want),
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/workload.wire.js


const isContainer = record({
    name: string,
    image: withDefault(string, ''),
    args: withDefault(array(string), []),
});
/** A PodSpec as it stands in templates and in pods. */
const isPodSpec = record({
    containers: withDefault(array(isContainer), []),
    initContainers: withDefault(array(isContainer), []),
    serviceAccountName: optional(string),
    restartPolicy: withDefault(string, 'Always'),
});
const isTemplate = record({
    metadata: withDefault(record({ annotations: isStringMap }), { annotations: {} }),
    spec: isPodSpec,
});
const isDeployment = record({
    metadata: isMetadata,
    spec: record({ replicas: withDefault(number, 1), template: isTemplate }),
    status: withDefault(record({
        observedGeneration: withDefault(number, 0),
        replicas: withDefault(number, 0),
        updatedReplicas: withDefault(number, 0),
        availableReplicas: withDefault(number, 0),
        conditions: withDefault(array(isCondition), []),
    }), { observedGeneration: 0, replicas: 0, updatedReplicas: 0, availableReplicas: 0, conditions: [] }),
});
const isReplicaSet = record({
    metadata: isMetadata,
    spec: record({ replicas: withDefault(number, 1), template: isTemplate }),
});
const DEPLOYMENTS = {
    group: 'apps',
    version: 'v1',
    plural: 'deployments',
    kind: 'Deployment',
    check: isDeployment,
};
const REPLICA_SETS = {
    group: 'apps',
    version: 'v1',
    plural: 'replicasets',
    kind: 'ReplicaSet',
    check: isReplicaSet,
};

;// CONCATENATED MODULE: ./packages/kubernetes/src/pod.wire.js



const isTerminated = record({
    exitCode: withDefault(number, 0),
    reason: withDefault(string, ''),
    message: withDefault(string, ''),
});
const isState = record({
    waiting: optional(record({ reason: withDefault(string, ''), message: withDefault(string, '') })),
    running: optional(record({ startedAt: withDefault(string, '') })),
    terminated: optional(isTerminated),
});
const isContainerStatus = record({
    name: string,
    image: withDefault(string, ''),
    imageID: withDefault(string, ''),
    ready: withDefault(validate_wire_boolean, false),
    restartCount: withDefault(number, 0),
    state: withDefault(isState, {}),
    lastState: withDefault(isState, {}),
});
const isPod = record({
    metadata: isMetadata,
    spec: isPodSpec,
    status: withDefault(record({
        phase: withDefault(string, ''),
        conditions: withDefault(array(isCondition), []),
        containerStatuses: withDefault(array(isContainerStatus), []),
        initContainerStatuses: withDefault(array(isContainerStatus), []),
    }), { phase: '', conditions: [], containerStatuses: [], initContainerStatuses: [] }),
});
const PODS = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', check: isPod };

;// CONCATENATED MODULE: ./packages/argocd/src/read-pods.js


/** In one look; of hundreds that start at once a few tell what is wrong. */
const MOST_PODS = 8;
/**
 * Reads those pods of a tree that are not well as they are in the cluster, by uid: the tree tells neither since when nor
 * how a container ended. What has ended for good stays as it is, and is read once.
 */
function createPodReader(argocd, application) {
    const ended = new Map();
    return async (tree) => {
        const suspects = suspectPods(tree).filter(({ uid }) => uid !== '' && !ended.has(uid));
        const pods = new Map(ended);
        await Promise.all(suspects.slice(0, MOST_PODS).map(async (node) => {
            const pod = await argocd.resource(application, node, PODS.check);
            if (pod === undefined)
                return;
            pods.set(node.uid, pod);
            if (!rollout_progress_isActive(pod) && pod.metadata.deletionTimestamp === undefined)
                ended.set(node.uid, pod);
        }));
        return pods;
    };
}

;// CONCATENATED MODULE: ./packages/argocd/src/application.wire.js

// Fields and spellings: argo-cd pkg/apis/application/v1alpha1/types.go. Go leaves out what is empty.
const isSource = record({
    repoURL: withDefault(string, ''),
    targetRevision: withDefault(string, ''),
    path: withDefault(string, ''),
    chart: optional(string),
});
const application_wire_isCondition = record({
    type: string,
    message: withDefault(string, ''),
    lastTransitionTime: optional(string),
});
const isResourceResult = record({
    kind: withDefault(string, ''),
    namespace: withDefault(string, ''),
    name: withDefault(string, ''),
    status: withDefault(string, ''),
    message: withDefault(string, ''),
    hookType: withDefault(string, ''),
    hookPhase: withDefault(string, ''),
});
const isSyncOperation = record({
    revision: withDefault(string, ''),
    revisions: withDefault(array(string), []),
    dryRun: withDefault(validate_wire_boolean, false),
});
const isOperationState = record({
    phase: withDefault(string, ''),
    message: withDefault(string, ''),
    startedAt: withDefault(string, ''),
    finishedAt: optional(string),
    retryCount: withDefault(number, 0),
    operation: withDefault(record({ sync: optional(isSyncOperation) }), {}),
    syncResult: optional(record({
        revision: withDefault(string, ''),
        revisions: withDefault(array(string), []),
        resources: withDefault(array(isResourceResult), []),
    })),
});
const isResourceStatus = record({
    kind: string,
    namespace: withDefault(string, ''),
    name: string,
    status: withDefault(string, ''),
    health: optional(record({ status: withDefault(string, ''), message: withDefault(string, '') })),
    requiresPruning: withDefault(validate_wire_boolean, false),
});
const EMPTY_SYNC = { status: 'Unknown', revision: '', revisions: [] };
const EMPTY_HEALTH = { status: 'Unknown', message: '' };
const isStatus = record({
    sync: withDefault(record({
        status: withDefault(string, 'Unknown'),
        revision: withDefault(string, ''),
        revisions: withDefault(array(string), []),
    }), EMPTY_SYNC),
    health: withDefault(record({ status: withDefault(string, 'Unknown'), message: withDefault(string, '') }), EMPTY_HEALTH),
    operationState: optional(isOperationState),
    conditions: withDefault(array(application_wire_isCondition), []),
    resources: withDefault(array(isResourceStatus), []),
    summary: withDefault(record({ images: withDefault(array(string), []) }), { images: [] }),
    reconciledAt: withDefault(string, ''),
});
/** argoproj.io/v1alpha1 Application, as far as waiting needs it. */
const isApplication = record({
    metadata: record({
        name: string,
        namespace: withDefault(string, ''),
        resourceVersion: withDefault(string, ''),
        deletionTimestamp: optional(string),
        annotations: withDefault(dictionary(string), {}),
        ownerReferences: withDefault(array(record({ kind: string, name: string })), []),
    }),
    spec: record({
        project: withDefault(string, ''),
        source: optional(isSource),
        sources: withDefault(array(isSource), []),
        /** Manifests are written to another branch first, so the commit is not the revision (Argo CD >= 2.14). */
        sourceHydrator: optional(unknownValue),
        syncPolicy: optional(record({
            automated: optional(record({
                enabled: withDefault(validate_wire_boolean, true),
                selfHeal: withDefault(validate_wire_boolean, false),
                prune: withDefault(validate_wire_boolean, false),
            })),
        })),
    }),
    operation: optional(unknownValue),
    status: withDefault(isStatus, {
        sync: EMPTY_SYNC,
        health: EMPTY_HEALTH,
        conditions: [],
        resources: [],
        summary: { images: [] },
        reconciledAt: '',
    }),
});
/** One event of `/api/v1/stream/applications`; a failure of the stream is an event too. */
const isStreamEvent = record({
    result: optional(record({ type: string, application: isApplication })),
    error: optional(record({ message: withDefault(string, ''), http_code: withDefault(number, 0) })),
});

;// CONCATENATED MODULE: ./packages/argocd/src/resource.wire.js

// What is asked of an Application beside itself: argo-cd server/application/application.proto.
const isNode = record({
    group: withDefault(string, ''),
    version: withDefault(string, ''),
    kind: withDefault(string, ''),
    namespace: withDefault(string, ''),
    name: withDefault(string, ''),
    uid: withDefault(string, ''),
    parentRefs: withDefault(array(record({ kind: withDefault(string, ''), uid: withDefault(string, '') })), []),
    info: withDefault(array(record({ name: string, value: withDefault(string, '') })), []),
    images: withDefault(array(string), []),
    health: optional(record({ status: withDefault(string, ''), message: withDefault(string, '') })),
    createdAt: withDefault(string, ''),
});
const isResourceTree = record({ nodes: withDefault(array(isNode), []) });
const isResource = record({ manifest: string });
/** `GET …/resource`: the live object, as JSON text. */
function resourceOf(check) {
    return (value) => check(JSON.parse(isResource(value).manifest));
}
const isWindow = record({
    kind: withDefault(string, ''),
    schedule: withDefault(string, ''),
    duration: withDefault(string, ''),
});
/** `GET …/syncwindows`; `canSync` is about a sync by hand, so what blocks automated sync follows from the lists. */
const isSyncWindows = record({
    activeWindows: withDefault(array(isWindow), []),
    assignedWindows: withDefault(array(isWindow), []),
});
/** How an ApplicationSet syncs its Applications, and where each of them stands. */
const isApplicationSet = record({
    spec: withDefault(record({ strategy: optional(record({ type: withDefault(string, '') })) }), {}),
    status: withDefault(record({
        applicationStatus: withDefault(array(record({
            application: withDefault(string, ''),
            status: withDefault(string, ''),
            step: withDefault(string, ''),
            message: withDefault(string, ''),
        })), []),
    }), { applicationStatus: [] }),
});
const isVersion = record({ Version: string });
/** What a unary call answers when it fails (grpc-gateway): `code` is the gRPC number. */
const isArgocdError = record({
    error: withDefault(string, ''),
    message: withDefault(string, ''),
    code: withDefault(number, 0),
});
const isLogEntry = record({ result: optional(record({ content: withDefault(string, '') })) });

;// CONCATENATED MODULE: ./packages/argocd/src/explain.js

/** Argo CD hides what one may not see: 403 means "does not exist, or no right to it". */
function explainFor({ name, project, }) {
    return (response) => {
        const seen = messageIn(response);
        if (response.status === 403) {
            return {
                seen: `${seen} (HTTP 403)`,
                next: `Check that the Application ${name} exists${project === undefined ? ' (give its `project`, then a missing one says so)' : ''}, and grant the token: p, <subject>, applications, get, ${project ?? '<project>'}/${name}, allow`,
            };
        }
        if (response.status === 401)
            return {
                seen: `${seen} (HTTP 401)`,
                next: 'Give a valid Argo CD token: an account with the apiKey capability, or a project role',
            };
        if (response.status === 404)
            return {
                seen: `${seen} (HTTP 404)`,
                next: `Check the name ${name}${project === undefined ? '' : ` and the project ${project}`}`,
            };
        return undefined;
    };
}
/** Argo CD says its version to anybody: who is refused was refused by something before it, or asks something else. */
function explainVersion({ status }) {
    if (status === 401 || status === 403)
        return {
            next: 'Give what the proxy before Argo CD wants in `extra-headers`, or a URL that bypasses it: Argo CD itself asks for no login here',
        };
    if (status === 404 || status === 405)
        return {
            next: 'Check `url`: what answers there is not Argo CD; a root path (`https://host/argocd`) belongs to it',
        };
    return undefined;
}
function messageIn({ body, status }) {
    try {
        const answer = isArgocdError(JSON.parse(body.toString('utf8')));
        return answer.message || answer.error || `HTTP ${status}`;
    }
    catch {
        return `HTTP ${status}`;
    }
}

;// CONCATENATED MODULE: ./packages/argocd/src/log.js

/** One JSON text on each line (`LogEntry` of application.proto); the last one says only that it is the last. */
function readLog({ body }) {
    const entries = body
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => isLogEntry(JSON.parse(line)).result?.content ?? '');
    return entries.join('\n').trim();
}

;// CONCATENATED MODULE: ./packages/http/src/events.js
const LONGEST_LINE = 16 * 1024 * 1024;
/**
 * The messages of a `text/event-stream` body. Comments, which servers send to keep the connection alive, and
 * messages without data give nothing; a message that the end of the stream cuts is dropped, as the standard says.
 */
async function* serverSentEvents(chunks) {
    let event = '';
    let data = [];
    let id = '';
    for await (const { line, complete } of events_lines(chunks)) {
        if (!complete)
            return;
        if (line === '') {
            if (data.length > 0)
                yield { event: event === '' ? 'message' : event, data: data.join('\n'), id };
            event = '';
            data = [];
            continue;
        }
        const { field, value } = parseField(line);
        if (field === 'data')
            data.push(value);
        else if (field === 'event')
            event = value;
        else if (field === 'id' && !value.includes('\0'))
            id = value;
    }
}
/**
 * The values of a body with one JSON text on each line (Kubernetes watches, gRPC gateways); empty lines give nothing.
 * @throws SyntaxError for a line that is not JSON, a cut last one included
 */
async function* jsonLines(chunks) {
    for await (const { line } of events_lines(chunks)) {
        if (line.trim() !== '')
            yield JSON.parse(line);
    }
}
/** Lines ended by CRLF, LF or CR, wherever the chunks were cut: inside a character, or between CR and LF. */
async function* events_lines(chunks) {
    const decoder = new TextDecoder();
    let rest = '';
    let afterCarriageReturn = false;
    for await (const chunk of chunks) {
        let text = decoder.decode(chunk, { stream: true });
        if (text === '')
            continue;
        if (afterCarriageReturn && text.startsWith('\n'))
            text = text.slice(1);
        afterCarriageReturn = text === '' ? afterCarriageReturn : text.endsWith('\r');
        const parts = `${rest}${text}`.split(/\r\n|\n|\r/);
        rest = parts.pop() ?? '';
        if (rest.length > LONGEST_LINE)
            throw new RangeError(`a line of the stream is longer than ${LONGEST_LINE} characters`);
        for (const line of parts)
            yield { line, complete: true };
    }
    rest += decoder.decode();
    if (rest !== '')
        yield { line: rest, complete: false };
}
function parseField(line) {
    const colon = line.indexOf(':');
    if (colon === -1)
        return { field: line, value: '' };
    const value = line.slice(colon + 1);
    return { field: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value };
}

;// CONCATENATED MODULE: ./packages/argocd/src/stream.js


/** The server sends a comment every 15 s on an idle stream, and may be that late with its first byte. */
const IDLE_MS = 40_000;
/** Server-sent events of one Application, until the server ends them or reports an error. */
async function* streamOf(http, { url, headers, name, signal }) {
    const stream = await http.stream({
        url,
        headers: { ...headers, accept: 'text/event-stream' },
        what: 'Cannot watch the Application',
        headersTimeout: IDLE_MS,
        idleTimeout: IDLE_MS,
        signal,
    });
    try {
        for await (const { data } of serverSentEvents(stream.chunks)) {
            const { result } = isStreamEvent(JSON.parse(data));
            if (result === undefined)
                return;
            // What a deleted Application was like last is no state of it; the next look says that it is gone.
            if (result.type !== 'DELETED' && result.application.metadata.name === name)
                yield result.application;
        }
    }
    finally {
        stream.close();
    }
}

;// CONCATENATED MODULE: ./packages/argocd/src/client.js





const REFRESH_TIMEOUT_MS = 30_000;
const LOG_LINES = 20;
/** The Argo CD API (argo-cd server/application/application.proto over grpc-gateway). */
function createArgocd(http, { url, token }) {
    const base = url.replace(/\/+$/, '');
    const headers = { authorization: `Bearer ${token}` };
    const what = 'Cannot read the Application';
    /** A GET of the Application or of something below it. */
    const about = (application, path = '', query = {}) => {
        const { name, project, appNamespace } = application;
        const at = `${base}/api/v1/applications/${encodeURIComponent(name)}${path}`;
        return {
            url: withQuery(at, { project, appNamespace, ...query }),
            headers,
            what,
            explain: explainFor(application),
        };
    };
    return {
        async version() {
            const request = { url: `${base}/api/version`, what: 'Cannot reach Argo CD', explain: explainVersion };
            const answer = await http.json(request, isVersion);
            return answer.Version;
        },
        get: (application) => http.json(about(application), isApplication),
        refresh: (application) => {
            const request = about(application, '', { refresh: 'normal' });
            const once = { totalTimeout: REFRESH_TIMEOUT_MS, retries: 0, what: 'Cannot refresh the Application' };
            return http.json({ ...request, ...once }, isApplication);
        },
        tree: (application) => http.json({ ...about(application, '/resource-tree'), what: 'Cannot read the resource tree' }, isResourceTree),
        resource(application, { group, version, kind, namespace, name }, check) {
            const request = about(application, '/resource', { namespace, resourceName: name, version, group, kind });
            // 400: it is no longer part of the Application (argo-cd server/application getAppLiveResource).
            const what = `Cannot read the ${kind} ${name}`;
            return http.json({ ...request, what, tolerate: [400, 404] }, resourceOf(check));
        },
        async blockingWindow(application) {
            const request = { ...about(application, '/syncwindows'), what: 'Cannot read the sync windows' };
            const { activeWindows, assignedWindows } = await http.json(request, isSyncWindows);
            return blockingOf(activeWindows, assignedWindows);
        },
        applicationSet: (name, namespace) => {
            const at = `${base}/api/v1/applicationsets/${encodeURIComponent(name)}`;
            const url = withQuery(at, { appsetNamespace: namespace });
            return http.json({ url, headers, what: 'Cannot read the ApplicationSet' }, isApplicationSet);
        },
        containerLog: async (application, { pod, namespace, container }) => {
            const path = `/pods/${encodeURIComponent(pod)}/logs`;
            const query = { namespace, container, previous: 'true', tailLines: String(LOG_LINES), follow: 'false' };
            return readLog(await http.request({ ...about(application, path, query), what: 'Cannot read the log', retries: 0 }));
        },
        stream: ({ name, project, appNamespace }, signal) => {
            const at = withQuery(`${base}/api/v1/stream/applications`, { name, projects: project, appNamespace });
            return streamOf(http, { url: at, headers, name, signal });
        },
    };
}
/** An active deny, or allows of which none is active (pkg/apis/application/v1alpha1/types.go SyncWindows.CanSync). */
function blockingOf(active, assigned) {
    const denied = active.find(({ kind }) => kind === 'deny');
    const isAllowed = active.some(({ kind }) => kind === 'allow');
    return denied ?? (isAllowed ? undefined : assigned.find(({ kind }) => kind === 'allow'));
}
function withQuery(url, query) {
    const parameters = new URLSearchParams();
    for (const [key, value] of Object.entries(query))
        if (value !== undefined && value !== '')
            parameters.set(key, value);
    return parameters.size === 0 ? url : `${url}?${parameters}`;
}

;// CONCATENATED MODULE: ./packages/kserve/src/storage-failure.js

/**
 * Messages of kserve/kserve:python/storage/kserve_storage and of the SDKs below it. What is matched is shown as
 * `reason`; the lines themselves may hold paths and data of the user.
 */
const PROBLEMS = [
    [
        /AccessDenied|Access Denied|\b403\b|Forbidden/,
        'AccessDenied',
        'Allow the role of the predictor’s ServiceAccount `s3:ListBucket` on the bucket and `s3:GetObject` below the prefix (IRSA or EKS Pod Identity); an encrypted bucket also needs `kms:Decrypt`',
    ],
    [/NoSuchBucket/, 'NoSuchBucket', 'Correct the bucket in storageUri, or its region'],
    [
        /No model found in|Failed to fetch model/,
        'no object below this URI',
        'Publish the model first: nothing with content stands below this prefix (objects of size 0 do not count)',
    ],
    [/NoSuchKey|\b404\b|Not Found/, 'not found', 'Publish the model first, or correct storageUri'],
    [
        /Unable to locate credentials|NoCredentials/,
        'no credentials',
        'Give the predictor a ServiceAccount with a role (IRSA or EKS Pod Identity), or a secret with credentials',
    ],
    [
        /InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken/,
        'credentials refused',
        'Renew the credentials in the secret of the ServiceAccount',
    ],
    [
        /No space left on device|ENOSPC/,
        'no space left on the node',
        'Raise the ephemeral storage of the pod, or ship less',
    ],
    [
        /Could not connect to the endpoint|ConnectTimeout|EndpointConnectionError|Connection refused|timed out/,
        'the store cannot be reached',
        'Let the pod reach the store: VPC endpoint for S3, network policy, proxy',
    ],
];
function classifyStorageFailure(log) {
    const found = PROBLEMS.find(([pattern]) => pattern.test(log));
    return found === undefined ? undefined : { reason: found[1], next: found[2] };
}
/** The failure of a storage-initializer that has failed twice. `log` is shown only where that is allowed. */
function explainStorageFailure(options) {
    const { on, storageUri, log, exitCode, showLogs } = options;
    const problem = classifyStorageFailure(log);
    const reason = problem?.reason ?? `exit code ${exitCode ?? 'unknown'}, for a reason that only its log tells`;
    return new Failure({
        kind: 'workload',
        code: 'MODEL_NOT_FETCHED',
        what: 'The new version does not start: its model cannot be fetched',
        on,
        seen: `storage-initializer failed: ${reason} (${storageUri ?? 'no storageUri'})${showLogs && log !== '' ? `: ${log}` : ''}`,
        next: problem?.next ??
            `Read the log of the storage-initializer${showLogs ? '' : ', or set include-pod-logs: true'}`,
        retryable: false,
    });
}

;// CONCATENATED MODULE: ./packages/kserve/src/pod-failure.js


/** The init container with which KServe fetches a model (kserve/kserve pkg/constants, `StorageInitializerContainerName`). */
const STORAGE_INITIALIZER = 'storage-initializer';
/**
 * A trouble of a predictor's pod, as the sentence that its user reads. The storage-initializer's is told by its cause,
 * in words of our own; every other container's as `kubernetes` tells it.
 * @param pod what the trouble is about, where there is one
 */
function explainPodTrouble(trouble, { pod, namespace, showLogs, }) {
    if (trouble.code !== 'init-failed' || trouble.container !== STORAGE_INITIALIZER)
        return explainTrouble(trouble, { namespace, showLogs });
    return explainStorageFailure({
        on: `${trouble.on}, namespace ${namespace}`,
        storageUri: pod === undefined ? undefined : version_storageUriOf(pod),
        log: trouble.message,
        exitCode: trouble.exitCode,
        showLogs,
    });
}

;// CONCATENATED MODULE: ./packages/runner/src/ca-cert.js



/**
 * The input `ca-cert`: PEM text as it is, or what stands in the file that it names.
 * @throws Failure `config` where there is no such file
 */
async function readCaCert(given, workspace) {
    if (given === undefined || given.includes('-----BEGIN CERTIFICATE-----'))
        return given;
    return (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.resolve)(workspace, given), 'utf8').catch((cause) => {
        throw new Failure({
            kind: 'config',
            code: 'CA_CERT',
            what: 'Cannot read the certificates',
            on: 'the input `ca-cert`',
            seen: messageOf(cause),
            next: 'Give PEM certificates, or the path of a file with them',
            cause,
        });
    });
}

;// CONCATENATED MODULE: external "string_decoder"
const external_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
;// CONCATENATED MODULE: external "events"
const external_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
;// CONCATENATED MODULE: external "assert"
const external_assert_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");
;// CONCATENATED MODULE: ../../node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_namespaceObject.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = external_fs_namespaceObject.constants.O_RDONLY;
function exists(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return io_util_awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = external_path_namespaceObject.dirname(filePath);
                        const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = external_path_namespaceObject.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/io/lib/io.js
var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield io_copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (ioUtil.IS_WINDOWS) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield ioUtil.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        ok(fsPath, 'a path argument must be provided');
        yield ioUtil.mkdir(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (IS_WINDOWS) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (IS_WINDOWS && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (isRooted(tool)) {
            const filePath = yield tryGetExecutablePath(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(external_path_namespaceObject.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield io_copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function io_copyFile(srcFile, destFile, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ../../node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const toolrunner_IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_namespaceObject.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (toolrunner_IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_namespaceObject.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_namespaceObject.EOL.length);
                n = s.indexOf(external_os_namespaceObject.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return toolrunner_awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!isRooted(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield which(this.toolPath, true);
            return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_namespaceObject.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield exists(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_namespaceObject.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new StringDecoder('utf8');
        const stderrDecoder = new StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map
;// CONCATENATED MODULE: ./packages/process/src/command.js
const MAX_OUTPUT = 16 * 1024 * 1024;
function createCollector(limit) {
    const chunks = [];
    let size = 0;
    let dropped = false;
    return {
        push(chunk) {
            const kept = chunk.subarray(0, Math.max(0, limit - size));
            if (kept.length < chunk.length)
                dropped = true;
            if (kept.length > 0)
                chunks.push(kept);
            size += kept.length;
        },
        bytes: () => Buffer.concat(chunks),
        truncated: () => dropped,
    };
}

;// CONCATENATED MODULE: ./packages/process/src/program.js



/**
 * The path of a program, by the PATH that the child itself will have. It is looked for at once: a turn of the event loop for each
 * folder of the PATH takes longer than all the looks, where a step has other things to do.
 * @throws Failure `config` where there is none, or no folder to run it in
 */
function findProgram({ file, cwd, env, what }) {
    // Checked first: the system reports a missing folder as a missing program.
    if (cwd !== undefined)
        assertFolder(cwd, what);
    const found = candidates(file, cwd, env).find(isProgram);
    if (found !== undefined)
        return found;
    const name = programName(file);
    throw new Failure({
        kind: 'config',
        code: 'PROGRAM_NOT_FOUND',
        what,
        on: name,
        seen: `${name} is not installed`,
        next: `Install ${name} on the runner, or take a runner image that has it, so that it stands on the PATH`,
    });
}
/** Whether there is a program of this name on the PATH that the child itself will have. */
function isOnPath(file, env) {
    return candidates(file, undefined, env).some(isProgram);
}
function assertFolder(cwd, what) {
    const found = look(cwd);
    if (found?.isDirectory() === true)
        return;
    throw new Failure({
        kind: 'config',
        code: 'FOLDER_NOT_FOUND',
        what,
        on: cwd,
        seen: found === undefined ? 'this folder does not exist' : 'this is not a folder',
        next: 'Check the path; was the repository checked out before this step?',
    });
}
/** `git` of `/usr/bin/git` and of `C:\git\git.exe`. */
function programName(file) {
    return (0,external_node_path_namespaceObject.basename)(file).replace(/\.(exe|cmd|bat)$/i, '');
}
function candidates(file, cwd, env) {
    if ((0,external_node_path_namespaceObject.isAbsolute)(file))
        return withExtensions(file, env);
    if (file.includes('/') || file.includes(external_node_path_namespaceObject.sep))
        return withExtensions((0,external_node_path_namespaceObject.resolve)(cwd ?? '.', file), env);
    const path = env['PATH'] ?? env['Path'] ?? '';
    // An empty entry means the current directory, in which a repository may have put anything.
    const folders = path.split(external_node_path_namespaceObject.delimiter).filter((folder) => (0,external_node_path_namespaceObject.isAbsolute)(folder));
    return folders.flatMap((folder) => withExtensions((0,external_node_path_namespaceObject.join)(folder, file), env));
}
function withExtensions(path, env) {
    if (process.platform !== 'win32')
        return [path];
    const extensions = (env['PATHEXT'] ?? '.COM;.EXE').split(';');
    return [path, ...extensions.map((extension) => `${path}${extension}`)];
}
function isProgram(path) {
    try {
        (0,external_node_fs_namespaceObject.accessSync)(path, external_node_fs_namespaceObject.constants.X_OK);
    }
    catch {
        return false;
    }
    return look(path)?.isFile() === true;
}
/** Undefined for what is not there, or cannot be looked at. */
function look(path) {
    try {
        return (0,external_node_fs_namespaceObject.statSync)(path, { throwIfNoEntry: false });
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/process/src/explain.js


const TAIL_LINES = 5;
const TAIL_LENGTH = 300;
function explainExit(command, result) {
    const own = command.explain?.(result);
    const said = tail(result.stderr) || tail(result.stdout);
    return new Failure({
        kind: own?.kind ?? 'internal',
        code: own?.code ?? 'COMMAND_FAILED',
        what: command.what,
        on: explain_nameOf(command),
        seen: own?.seen ?? `exit code ${result.exitCode}${said === '' ? ' and no message' : `: ${said}`}`,
        next: own?.next ?? `Read what ${programName(command.file)} says above`,
    });
}
function explainSignal(command, signal) {
    return new Failure({
        kind: 'internal',
        code: 'COMMAND_KILLED',
        what: command.what,
        on: explain_nameOf(command),
        seen: `it was ended by ${signal ?? 'a signal'}`,
        next: 'Look at the memory of the runner: the kernel ends what uses too much',
    });
}
function explainTimeout(command, stderr) {
    const said = tail(stderr);
    return new Failure({
        kind: 'timeout',
        code: 'COMMAND_TIMEOUT',
        what: command.what,
        on: explain_nameOf(command),
        seen: `it had not ended after ${(command.timeout ?? 0) / 1000} s${said === '' ? '' : `; its last words: ${said}`}`,
        next: 'Run the step again; if it stays, look at what it waits for',
    });
}
/** How a step ends whose signal aborted: as the signal's reason says where that is a failure of its own. */
function asCancelled(reason) {
    return reason instanceof Failure ? reason : cancelled(reason);
}
/** The last lines of an output on one line: programs say what matters last. */
function tail(output) {
    const lines = output
        .slice(-8_192)
        .split(/[\r\n]+/)
        .filter((line) => line.trim() !== '');
    const last = sanitizeText(lines.slice(-TAIL_LINES).join('\n'), { maxLineLength: TAIL_LENGTH });
    return last
        .split('\n')
        .map((line) => line.trim())
        .join(' / ');
}
function explain_nameOf({ on, file }) {
    return on ?? programName(file);
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
;// CONCATENATED MODULE: ./packages/process/src/group.js



/** Milliseconds between two looks at a group that was asked to end. */
const LOOK_INTERVAL = 20;
/**
 * Sends a signal to every process of a group; false where there is none any more.
 * Windows has no groups: there taskkill ends the tree, whatever the signal.
 */
function signalGroup(leader, signal) {
    if (process.platform === 'win32') {
        (0,external_node_child_process_namespaceObject.spawn)('taskkill', ['/T', '/F', '/PID', String(leader)], { stdio: 'ignore', windowsHide: true }).on('error', () => { });
        return true;
    }
    return send(-leader, signal);
}
function isGroupAlive(leader) {
    if (process.platform === 'win32')
        return send(leader, 0);
    // A dead orphan that init has not collected yet still takes signals; in a container without an init it does for ever.
    return send(-leader, 0) && (process.platform !== 'linux' || hasRunningMember(leader));
}
function hasRunningMember(group) {
    return (0,external_node_fs_namespaceObject.readdirSync)('/proc').some((pid) => /^\d+$/.test(pid) && isRunningIn(group, pid));
}
/** proc_pid_stat(5): `pid (name) state ppid pgrp …`, where the name may hold anything. */
function isRunningIn(group, pid) {
    try {
        const stat = (0,external_node_fs_namespaceObject.readFileSync)(`/proc/${pid}/stat`, 'latin1');
        const [state = '', , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return Number(pgrp) === group && state !== 'Z' && state !== 'X';
    }
    catch {
        return false;
    }
}
/**
 * Ends a group: TERM, then, for those who are still there after the grace, KILL.
 * Resolves when the group is gone, or nothing more can be done about it.
 */
async function group_endGroup(leader, grace) {
    if (!signalGroup(leader, 'SIGTERM'))
        return;
    if (await isGone(leader, grace))
        return;
    signalGroup(leader, 'SIGKILL');
    // What hangs in the kernel cannot be killed, so this wait has an end too.
    await isGone(leader, LOOK_INTERVAL * 10);
}
async function isGone(leader, within) {
    for (let waited = 0; waited < within; waited += LOOK_INTERVAL) {
        if (!isGroupAlive(leader))
            return true;
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(LOOK_INTERVAL);
    }
    return !isGroupAlive(leader);
}
function send(pid, signal) {
    try {
        return process.kill(pid, signal);
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./packages/process/src/exit.js

const leaders = new Set();
/** One listener for all groups: Node takes more than ten of one event for a leak, and says so on stderr. */
function killAll() {
    for (const leader of leaders)
        signalGroup(leader, 'SIGKILL');
}
/** Kills a group when this process exits, until the function that comes back is called. */
function killAtExit(leader) {
    if (leaders.size === 0)
        process.on('exit', killAll);
    leaders.add(leader);
    return () => {
        leaders.delete(leader);
        if (leaders.size === 0)
            process.off('exit', killAll);
    };
}

;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");
;// CONCATENATED MODULE: ./packages/process/src/lines.js


/** Longer lines are handed on in pieces: a child that never ends one must not fill the memory. */
const lines_LONGEST_LINE = 16 * 1024;
/**
 * Output of a child as sanitized lines. A carriage return ends a line too, as progress bars use it; bytes that are
 * not UTF-8 show as U+FFFD.
 */
function createLineSplitter(onLine) {
    const decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
    let rest = '';
    const emit = (line) => {
        if (line !== '')
            onLine(sanitizeLine(line));
    };
    const take = (text) => {
        const lines = `${rest}${text}`.split(/\r\n|\n|\r/);
        rest = lines.pop() ?? '';
        for (const line of lines)
            emit(line);
        while (rest.length > lines_LONGEST_LINE) {
            emit(rest.slice(0, lines_LONGEST_LINE));
            rest = rest.slice(lines_LONGEST_LINE);
        }
    };
    return {
        push: (chunk) => take(decoder.write(chunk)),
        end() {
            take(decoder.end());
            emit(rest);
            rest = '';
        },
    };
}

;// CONCATENATED MODULE: ./packages/process/src/too-long.js

/** The longest argument or variable that a child would get. */
function longestPart({ args, env }) {
    const parts = [
        ...args.map((arg) => ({
            name: /^--?[\w-]+/.exec(arg)?.[0] ?? 'an argument',
            bytes: Buffer.byteLength(arg),
        })),
        ...Object.entries(env).map(([name, value]) => ({ name, bytes: Buffer.byteLength(`${name}=${value}`) })),
    ];
    return parts.reduce((one, other) => (other.bytes > one.bytes ? other : one), { name: 'nothing', bytes: 0 });
}
/** What E2BIG means (execve(2), "Limits on size of arguments and environment"): MAX_ARG_STRLEN for one, ARG_MAX for all. */
function explainTooLong(command, program, cause) {
    const { name, bytes } = longestPart(command);
    return new Failure({
        kind: 'config',
        code: 'COMMAND_TOO_LONG',
        what: command.what,
        on: program,
        seen: `it cannot be started with so much: of its arguments and variables ${name} is ${bytes.toLocaleString('en')} bytes long, and Linux takes 131,071 of one and commonly 2 MB of all`,
        next: 'Make it shorter; what is long belongs into a file',
        cause,
    });
}

;// CONCATENATED MODULE: ./packages/process/src/tree.js









/**
 * Starts a child in its own process group. It is stopped when the world's signal aborts, killed when this process
 * exits, and what it leaves behind in its group when it ends is ended too.
 * @throws Failure `config` where the program or the folder is missing, `cancelled` where the step already is
 */
async function startTree(world, command) {
    const file = findProgram(command);
    if (world.signal.aborted)
        throw asCancelled(world.signal.reason);
    const child = await launch(file, command);
    const pid = child.pid ?? 0;
    const grace = command.grace ?? 3_000;
    let stopping;
    const stop = () => {
        stopping ??= group_endGroup(pid, grace);
        return stopping;
    };
    const onAbort = () => void stop();
    world.signal.addEventListener('abort', onAbort, { once: true });
    const release = killAtExit(pid);
    if (world.signal.aborted)
        onAbort();
    // What the leader leaves behind holds its pipes open, so the group is ended before the output is waited for.
    child.once('exit', onAbort);
    const exited = tree_settle(child, () => stop()).finally(() => {
        world.signal.removeEventListener('abort', onAbort);
        release();
    });
    return {
        pid,
        exited,
        stop: async () => {
            await stop();
            return exited;
        },
    };
}
async function launch(file, command) {
    try {
        const child = (0,external_node_child_process_namespaceObject.spawn)(file, command.args, {
            cwd: command.cwd,
            env: command.env,
            detached: process.platform !== 'win32',
            stdio: ['pipe', 'pipe', 'pipe', ...(command.files ?? [])],
            windowsHide: true,
        });
        listen(child, command);
        await (0,external_node_events_namespaceObject.once)(child, 'spawn');
        // A child that does not read its input closes the pipe, which is its right.
        child.stdin?.on('error', () => { });
        child.stdin?.end(command.input);
        return child;
    }
    catch (error) {
        if (isTooLong(error))
            throw explainTooLong(command, programName(command.file), error);
        throw new Failure({
            kind: 'config',
            code: 'PROGRAM_NOT_STARTED',
            what: command.what,
            on: programName(command.file),
            seen: `it could not be started: ${messageOf(error)}`,
            next: 'Check that the working directory exists and that the program may be run',
            cause: error,
        });
    }
}
function isTooLong(error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'E2BIG';
}
function listen(child, { onLine, onData }) {
    for (const output of ['stdout', 'stderr']) {
        const lines = onLine && createLineSplitter((line) => onLine(line, output));
        const stream = child[output];
        stream?.on('data', (chunk) => {
            onData?.(chunk, output);
            lines?.push(chunk);
        });
        stream?.on('end', () => lines?.end());
    }
}
/** `close` comes after `exit` and the end of all output. */
async function tree_settle(child, stop) {
    const exit = await new Promise((resolve) => {
        child.once('close', (code, signal) => resolve({ exitCode: code ?? undefined, signal: signal ?? undefined }));
    });
    await stop();
    return exit;
}

;// CONCATENATED MODULE: ./packages/process/src/run.js






/**
 * Runs a child to its end and returns its output. It is a tree of ours, so it dies with the step.
 *
 * One that is told to be `short` goes through @actions/exec instead, unless it has a `timeout`, an `input` or `files`. That can
 * neither end its child nor give it an input: it listens to no error of the pipe, so a child that ends before it has
 * read brings the process down (EPIPE, seen with 3.0.0).
 * @throws Failure `config` where the program is missing, `timeout`, `cancelled`, or what `explain` says of its exit
 * code (`internal` where nobody knows better)
 */
async function runCommand(world, command) {
    if (world.signal.aborted)
        throw asCancelled(world.signal.reason);
    const limit = command.maxOutput ?? MAX_OUTPUT;
    const outputs = { stdout: createCollector(limit), stderr: createCollector(limit) };
    const plain = command.timeout === undefined && command.input === undefined && command.files === undefined;
    const short = command.short === true && plain;
    const exit = short ? await runShort(world, command, outputs) : await runTree(world, command, outputs);
    if (exit.exitCode === undefined)
        throw explainSignal(command, exit.signal);
    const stdoutBytes = outputs.stdout.bytes();
    const result = {
        exitCode: exit.exitCode,
        stdout: stdoutBytes.toString('utf8'),
        stderr: outputs.stderr.bytes().toString('utf8'),
        stdoutBytes,
        truncated: outputs.stdout.truncated() || outputs.stderr.truncated(),
    };
    if (result.exitCode !== 0 && command.tolerate?.includes(result.exitCode) !== true)
        throw explainExit(command, result);
    return result;
}
async function runShort(world, command, outputs) {
    const file = findProgram(command);
    if (world.signal.aborted)
        throw asCancelled(world.signal.reason);
    const running = exec(quoted(file), [...command.args], {
        ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
        env: { ...command.env },
        silent: true,
        ignoreReturnCode: true,
        listeners: {
            stdout: (chunk) => outputs.stdout.push(chunk),
            stderr: (chunk) => outputs.stderr.push(chunk),
        },
    });
    const code = await orCancelled(world, running);
    return { exitCode: code ?? undefined, signal: undefined };
}
async function runTree(world, command, outputs) {
    const tree = await startTree(world, { ...command, onData: (chunk, output) => outputs[output].push(chunk) });
    let timedOut = false;
    const onTimeout = () => {
        timedOut = true;
        void tree.stop();
    };
    const timer = command.timeout === undefined ? undefined : setTimeout(onTimeout, timerOf(command.timeout));
    const exit = await tree.exited;
    clearTimeout(timer);
    if (world.signal.aborted)
        throw asCancelled(world.signal.reason);
    if (timedOut)
        throw explainTimeout(command, outputs.stderr.bytes().toString('utf8'));
    return exit;
}
/** @actions/exec splits its first argument at spaces outside quotes. */
function quoted(file) {
    return `"${file.replace(/"/g, '\\"')}"`;
}
/** A cancelled step does not wait for a short child; the child ends by itself. */
async function orCancelled(world, running) {
    const interrupted = Promise.withResolvers();
    const onAbort = () => interrupted.reject(asCancelled(world.signal.reason));
    world.signal.addEventListener('abort', onAbort, { once: true });
    try {
        return await Promise.race([running, interrupted.promise]);
    }
    finally {
        world.signal.removeEventListener('abort', onAbort);
    }
}

;// CONCATENATED MODULE: ./packages/process/src/environment.js
/** What every program needs to find its files, its language, its proxy and its certificates; and what marks it as ours. */
const ALLOWED = new Set([
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'TMPDIR',
    'TMP',
    'TEMP',
    'TZ',
    'LANG',
    'LANGUAGE',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'ALL_PROXY',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'NODE_EXTRA_CA_CERTS',
    // The runner ends what has it and outlives the job: a daemon that left its group, anything where we were killed ourselves.
    'RUNNER_TRACKING_ID',
]);
/** Without these no Windows program starts. */
const ALLOWED_ON_WINDOWS = new Set([
    'SYSTEMROOT',
    'SYSTEMDRIVE',
    'WINDIR',
    'COMSPEC',
    'PATHEXT',
    'USERPROFILE',
    'HOMEDRIVE',
    'HOMEPATH',
    'APPDATA',
    'LOCALAPPDATA',
    'PROGRAMDATA',
    'PROGRAMFILES',
]);
/**
 * The environment of a child: what is on the allow-list, and what the caller adds for this one child.
 * The job's own secrets (INPUT_*, ACTIONS_ID_TOKEN_*, ACTIONS_RUNTIME_TOKEN, GITHUB_TOKEN, AWS keys) are not on
 * the list, so a child has them only where they were meant for it.
 */
function childEnv(env, extra = {}, { sshAgent = false } = {}) {
    const chosen = {};
    for (const [name, value] of Object.entries(env)) {
        if (value !== undefined && isAllowed(name, sshAgent))
            chosen[name] = value;
    }
    for (const [name, value] of Object.entries(extra)) {
        if (value !== undefined)
            chosen[name] = value;
    }
    return chosen;
}
/** Proxy variables are read in both cases, and on Windows every name is. */
function isAllowed(name, sshAgent) {
    const upper = name.toUpperCase();
    if (upper.startsWith('LC_'))
        return true;
    if (upper === 'SSH_AUTH_SOCK' || upper === 'SSH_AGENT_PID')
        return sshAgent;
    return ALLOWED.has(upper) || (process.platform === 'win32' && ALLOWED_ON_WINDOWS.has(upper));
}

;// CONCATENATED MODULE: ./packages/git/src/environment.js

/**
 * The environment of every git command. Configuration goes through `GIT_CONFIG_*`, so that a credential
 * stands neither in argv nor in a file; hooks, file system monitors and protocols that run commands are
 * off.
 */
function gitEnvironment({ env, mask }, options) {
    return childEnv(env, {
        HOME: options.home,
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_ALLOW_PROTOCOL: options.access.kind === 'ssh' ? 'ssh' : 'http:https',
        GIT_LITERAL_PATHSPECS: '1',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_SSL_CAINFO: options.caFile,
        ...sshEnvironment(options.access),
        ...configEnvironment([
            ...SAFE_CONFIG,
            ['remote.origin.url', options.url],
            ...stallConfig(options.requestTimeout),
            ...credentialConfig(options.access, mask),
        ]),
    });
}
/** Of a repository that somebody else may have written: nothing in it runs. */
const SAFE_CONFIG = [
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['credential.helper', ''],
    ['protocol.ext.allow', 'never'],
    ['protocol.file.allow', 'never'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
];
/** Below 100 bytes per second for that long curl gives up (git-config: http.lowSpeedLimit). */
function stallConfig(requestTimeout) {
    const seconds = Math.max(1, Math.ceil(requestTimeout / 1_000));
    return [
        ['http.lowSpeedLimit', '100'],
        ['http.lowSpeedTime', String(seconds)],
    ];
}
/** Limited to the origin by git's URL matching: a redirect to another host does not get the token. */
function credentialConfig(access, mask) {
    if (access.kind !== 'token')
        return [];
    const basic = Buffer.from(`${access.user}:${access.token}`).toString('base64');
    mask(basic);
    return [[`http.${access.origin}/.extraheader`, `Authorization: Basic ${basic}`]];
}
function sshEnvironment(access) {
    if (access.kind !== 'ssh')
        return {};
    const options = [
        'BatchMode=yes',
        'StrictHostKeyChecking=yes',
        'IdentitiesOnly=no',
        `UserKnownHostsFile="${access.knownHostsFile.replaceAll("'", "'\\''")}"`,
    ];
    return {
        SSH_AUTH_SOCK: access.agentSocket,
        GIT_SSH_VARIANT: 'ssh',
        GIT_SSH_COMMAND: ['ssh', '-F', '/dev/null', ...options.map((option) => `-o '${option}'`)].join(' '),
    };
}
function configEnvironment(config) {
    const entries = config.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
    ]);
    return { GIT_CONFIG_COUNT: String(config.length), ...Object.fromEntries(entries) };
}

;// CONCATENATED MODULE: ./packages/git/src/remote-failure.js

const TOKEN_ADVICE = "Give a token of a GitHub App (or a fine-grained personal token) that is installed on that repository with `contents: write`; the workflow's own GITHUB_TOKEN reaches no other repository";
/** In the order in which they are looked for: the first that matches says what it was. */
const EXPLANATIONS = [
    {
        seen: /Authentication failed|could not read (?:Username|Password)|error: 401|Permission denied \(publickey|Invalid username or (?:token|password)/,
        kind: 'auth',
        code: 'GIT_AUTH',
        next: `The token or key is missing, wrong or expired. ${TOKEN_ADVICE}`,
    },
    {
        seen: /error: 407|Proxy Authentication Required/,
        kind: 'config',
        code: 'GIT_PROXY',
        next: 'Correct the user and password in HTTPS_PROXY',
    },
    {
        seen: /error: 403|denied to |Write access to repository not granted|deploy key.*read.?only|marked as read only/i,
        kind: 'auth',
        code: 'GIT_FORBIDDEN',
        next: TOKEN_ADVICE,
    },
    {
        seen: /Host key verification failed/,
        kind: 'auth',
        code: 'GIT_HOST_KEY',
        next: 'Give the lines of the host in `ssh-known-hosts`, taken from a source you trust',
    },
    {
        seen: /couldn't find remote ref|Remote branch \S+ not found/i,
        kind: 'not-found',
        code: 'GIT_BRANCH_NOT_FOUND',
        next: 'Correct `branch`, or create the branch first',
    },
    {
        seen: /Repository not found|repository '[^']*' not found|does not appear to be a git repository|error: 404/i,
        kind: 'not-found',
        code: 'GIT_REPOSITORY_NOT_FOUND',
        next: `Correct \`repository\`; a private one is also "not found" for a token without rights. ${TOKEN_ADVICE}`,
    },
    {
        seen: /Could not resolve (?:host|hostname|proxy)/i,
        kind: 'config',
        code: 'GIT_HOST',
        next: 'The host does not resolve: correct it, or run where it can be reached',
    },
    {
        seen: /SSL certificate problem|certificate verif|certificate subject name|self.signed certificate|no alternative certificate/i,
        kind: 'config',
        code: 'GIT_TLS',
        next: 'Give the certificate authority of the server in `ca-cert`',
    },
    {
        seen: /mismatched algorithms/,
        kind: 'config',
        code: 'GIT_OBJECT_FORMAT',
        next: 'The repository names its objects by SHA-256, which neither GitHub nor this step speaks: use one with SHA-1',
    },
    { seen: /error: 429/, kind: 'rate-limit', code: 'GIT_RATE_LIMIT', next: 'Wait, then run the job again' },
];
/**
 * How git's last words are to be understood; undefined for what passes by itself, such as a broken
 * connection.
 */
function explainRemote(stderr) {
    return EXPLANATIONS.find(({ seen }) => seen.test(stderr));
}
/** What has no explanation is the trouble of the server or the network. */
const PASSING = {
    kind: 'upstream',
    code: 'GIT_UPSTREAM',
    next: 'Run the job again; if it stays, look at the state of the git server',
};
/** The lines of git's stderr that say what went wrong, as one line. */
function lastWords(stderr) {
    const lines = sanitizeText(stderr, { maxLines: 100, maxLineLength: 300 })
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => /^(?:remote: |fatal: |error: |! |ssh: )/.test(line) &&
        !/^remote:\s*$|failed to push some refs/.test(line));
    return lines.length === 0 ? 'git said nothing' : lines.slice(-6).map(plainly).join(' | ');
}
/** Git would ask a person for another password, and complains only that it cannot. */
function plainly(line) {
    return line.replace(/^fatal: could not read (?:Username|Password) for '([^']*)': terminal prompts disabled$/, 'the server at $1 asks for a login that it was not given');
}

;// CONCATENATED MODULE: ./packages/git/src/ssh-agent.js



/**
 * Seconds after which an agent forgets the key. Nobody stops the agent of a step that was killed, unless the runner does
 * at the end of the job (RUNNER_TRACKING_ID); no job of GitHub's runners is longer.
 */
const LONGEST_JOB = 6 * 60 * 60;
/**
 * Holds the key in an agent of our own, so that it never lies on the disk.
 * @throws Failure GIT_SSH_KEY when it is no key, or has a passphrase
 */
async function startSshAgent(world, { directory, privateKey, knownHosts }) {
    const agentSocket = (0,external_node_path_namespaceObject.join)(directory, 'agent');
    const knownHostsFile = (0,external_node_path_namespaceObject.join)(directory, 'known_hosts');
    await (0,promises_namespaceObject.writeFile)(knownHostsFile, `${knownHosts.trim()}\n`);
    const env = childEnv(world.env, { SSH_AUTH_SOCK: agentSocket });
    const listening = Promise.withResolvers();
    const agent = await startTree(world, {
        what: 'Cannot hold the SSH key',
        file: 'ssh-agent',
        args: ['-D', '-a', agentSocket],
        env,
        onLine: () => listening.resolve(),
    });
    const stop = async () => void (await agent.stop());
    try {
        await Promise.race([listening.promise, agent.exited]);
        await addKey(world, env, privateKey);
    }
    catch (error) {
        await stop();
        throw error;
    }
    return { access: { kind: 'ssh', agentSocket, knownHostsFile }, stop };
}
async function addKey(world, env, privateKey) {
    await runCommand(world, {
        what: 'Cannot use the SSH key',
        on: '`ssh-key`',
        file: 'ssh-add',
        args: ['-q', '-t', String(LONGEST_JOB), '-'],
        env,
        input: `${privateKey.replace(/\r/g, '').trim()}\n`,
        timeout: 10_000,
        explain: () => ({
            kind: 'config',
            code: 'GIT_SSH_KEY',
            seen: 'ssh-add does not take it',
            next: 'Give the whole private key, its first and last line included, without a passphrase',
        }),
    });
}

;// CONCATENATED MODULE: ./packages/git/src/repository.js







/**
 * Milliseconds. Longer than any; what stands still ends by `requestTimeout`, and everything by the step's
 * own deadline.
 */
const LONGEST_TRANSFER = 30 * 60_000;
const LONGEST_STEP = 60_000;
const ANY_EXIT = Array.from({ length: 256 }, (_, code) => code);
/**
 * Makes a bare repository below `temp`. The credential never enters it: git gets it by its environment.
 * @throws Failure where git is missing or the SSH key cannot be read
 */
async function openRepository(world, options) {
    const directory = await (0,promises_namespaceObject.mkdtemp)((0,external_node_path_namespaceObject.join)(options.temp, 'gitops-'));
    let agent;
    const close = async () => {
        await agent?.stop();
        await (0,promises_namespaceObject.rm)(directory, { recursive: true, force: true });
    };
    try {
        agent = await startAgent(world, options, directory);
        const { remote, requestTimeout } = options;
        const environment = gitEnvironment(world, {
            url: remote.url,
            access: agent?.access ?? httpAccess(options),
            home: directory,
            caFile: await writeCaFile(directory, options.caCert),
            requestTimeout,
        });
        const repository = createRepository(world, { directory, remote, environment, close });
        await repository.run({
            what: 'Cannot prepare a local repository',
            args: ['init', '--quiet', '--bare', '--template='],
        });
        return repository;
    }
    catch (error) {
        await close();
        throw error;
    }
}
function createRepository(world, { directory, remote, environment, close }) {
    const start = ({ what, args, input, env, isRemote }, tolerate) => runCommand(world, {
        what,
        on: isRemote ? `${remote.path} on ${remote.host}` : `git ${args[0] ?? ''}`,
        file: 'git',
        args,
        cwd: directory,
        env: { ...environment, ...env },
        ...(input === undefined ? {} : { input }),
        timeout: isRemote ? LONGEST_TRANSFER : LONGEST_STEP,
        tolerate,
        explain: ({ stderr }) => isRemote ? { ...(explainRemote(stderr) ?? PASSING), seen: lastWords(stderr) } : undefined,
    });
    return {
        directory,
        remote,
        run: (command) => start(command, []),
        attempt: (command) => start(command, ANY_EXIT),
        close,
    };
}
function httpAccess({ remote, credential }) {
    if (credential.kind !== 'token' || remote.protocol !== 'http')
        return { kind: 'anonymous' };
    return { kind: 'token', origin: remote.origin, token: credential.token, user: 'x-access-token' };
}
async function startAgent(world, { remote, credential }, directory) {
    if (credential.kind !== 'ssh-key' || remote.protocol !== 'ssh')
        return undefined;
    return startSshAgent(world, {
        directory,
        privateKey: credential.privateKey,
        knownHosts: credential.knownHosts,
    });
}
/** GIT_SSL_CAINFO replaces what git trusts by itself, so the usual authorities go into the file too. */
async function writeCaFile(directory, caCert) {
    if (caCert === undefined)
        return undefined;
    const file = (0,external_node_path_namespaceObject.join)(directory, 'trusted.pem');
    await (0,promises_namespaceObject.writeFile)(file, [...(0,external_node_tls_namespaceObject.getCACertificates)('default'), caCert].join('\n'));
    return file;
}

;// CONCATENATED MODULE: ./packages/git/src/remote-url.js

const remote_url_WANT = 'https://host/path, ssh://git@host/path or git@host:path, without a password in it';
const SCP = /^(?:([A-Za-z0-9_][A-Za-z0-9_.-]*)@)?([A-Za-z0-9][A-Za-z0-9.-]*):(?!\/\/)([A-Za-z0-9_~/][\w.~/+-]*)$/;
/**
 * Reads the URL of a remote repository. Only http(s) and ssh: `ext::`, `file:` and local paths run commands
 * or read files of the machine (CVE-2022-39253 and its kin). A password in a URL ends up in logs and argv,
 * so it is refused.
 * @throws Expected
 */
function parseRemoteUrl(text) {
    const [, , host = '', path = ''] = SCP.exec(text) ?? [];
    if (host !== '')
        return { protocol: 'ssh', url: text, host, path: trimPath(path) };
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || /[\s\u0000-\u001f\u007f]/.test(text))
        throw new expected_Expected(remote_url_WANT);
    const isPlain = url.password === '' && url.search === '' && url.hash === '' && /^\/[^/-]/.test(url.pathname);
    if (!isPlain || /^-/.test(url.hostname))
        throw new expected_Expected(remote_url_WANT);
    if (url.protocol === 'ssh:')
        return { protocol: 'ssh', url: text, host: url.host, path: trimPath(url.pathname) };
    if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '')
        throw new expected_Expected(remote_url_WANT);
    return { protocol: 'http', url: text, origin: url.origin, host: url.host, path: trimPath(url.pathname) };
}
/** `owner/name` without the slashes and the `.git` around it. */
function trimPath(path) {
    return path
        .replace(/^\/+/, '')
        .replace(/\/+$/, '')
        .replace(/\.git$/, '');
}

;// CONCATENATED MODULE: ./packages/git/src/branch.js

/**
 * Brings the branch as it is now, `depth` commits of it, without the contents of files. Returns its head.
 * @throws Failure GIT_BRANCH_NOT_FOUND and those of the network and the server's rights
 */
async function branch_fetchBranch(repository, branch, depth = 1) {
    await bringBranch(repository, branch, depth);
    return branch_headOf(repository, branch);
}
/**
 * Brings the branch as it is now, `depth` commits of it, without the contents of files; fewer where their messages are too
 * long to be read all.
 * @throws Failure as {@link fetchBranch}
 */
async function fetchHistory(repository, branch, depth, filter = 'blob:none') {
    await bringBranch(repository, branch, depth, filter);
    const { whole, isCut } = await readHistory(repository, branch);
    const [head, ...older] = whole;
    if (head === undefined)
        throw new Error(`git log knows no commit of ${branch}`);
    return { commits: [head, ...older], hasOlder: isCut || whole.length >= depth };
}
async function bringBranch(repository, branch, depth, filter = 'blob:none') {
    const refspec = `+refs/heads/${branch}:${trackingRef(branch)}`;
    const options = [
        '--quiet',
        '--no-tags',
        '--no-recurse-submodules',
        `--depth=${depth}`,
        `--filter=${filter}`,
    ];
    const args = ['fetch', ...options, '--end-of-options', 'origin', refspec];
    await repository.run({ what: 'Cannot read the branch', args, isRemote: true });
}
/**
 * The head of the branch on the server, without fetching anything; undefined where there is no such branch.
 */
async function resolveRemoteBranch(repository, branch) {
    const args = ['ls-remote', '--quiet', '--end-of-options', 'origin', `refs/heads/${branch}`];
    const { stdout } = await repository.run({ what: 'Cannot read the branch', args, isRemote: true });
    return /^[0-9a-f]{40,64}(?=\t)/.exec(stdout)?.[0];
}
/**
 * Moves the branch on the server to the commit, if its head is still the commit's parent: else it is `moved`, be it that
 * somebody wrote to the branch, took something out of it, or deleted it.
 *
 * A plain push asks less: that the head is *some* ancestor of the commit, so a branch that was set back would get back
 * what was taken out of it, and a deleted one would be there again. The lease is what asks for the very head. In spite of
 * its name nothing is forced by it: what it lets through is a fast-forward, since the parent is the lease.
 */
async function pushCommit(repository, { commit, parent }, branch) {
    const ref = `refs/heads/${branch}`;
    const options = ['--porcelain', '--no-verify', `--force-with-lease=${ref}:${parent}`];
    const args = ['push', ...options, '--end-of-options', 'origin', `${commit}:${ref}`];
    const { exitCode, stdout, stderr } = await repository.attempt({
        what: 'Cannot push the commit',
        args,
        isRemote: true,
    });
    return readPush(`${repository.remote.path} ${branch} on ${repository.remote.host}`, {
        exitCode,
        stdout,
        stderr,
    });
}
async function readHistory(repository, branch) {
    const args = ['log', '-z', '--format=%H%n%B', trackingRef(branch), '--'];
    const { stdout, truncated } = await repository.run({ what: 'Cannot read the history', args });
    const entries = stdout.split('\0').filter((entry) => entry !== '');
    // Half of a message has no trailers; of the head at least its name is needed.
    const whole = truncated && entries.length > 1 ? entries.slice(0, -1) : entries;
    const commits = whole.map((entry) => ({
        oid: entry.slice(0, entry.indexOf('\n')),
        message: entry.slice(entry.indexOf('\n') + 1).trimEnd(),
    }));
    return { whole: commits, isCut: truncated };
}
async function branch_headOf(repository, branch) {
    const args = ['for-each-ref', '--format=%(objectname)', trackingRef(branch)];
    const { stdout } = await repository.run({ what: 'Cannot read the branch', args });
    return stdout.trim();
}
function trackingRef(branch) {
    return `refs/remotes/origin/${branch}`;
}

;// CONCATENATED MODULE: ./packages/git/src/ancestry.js


const DEEP_ENOUGH = (/* unused pure expression or super */ null && ([50, 1_000, 2 ** 31 - 1]));
/**
 * Whether the branch contains the commit. History is fetched in steps, commits and trees only, until the
 * answer is sure.
 * @param commit 40 or 64 hexadecimal digits
 */
async function isOnBranch(repository, branch, commit) {
    for (const depth of DEEP_ENOUGH) {
        const head = await fetchBranch(repository, branch, depth);
        if (await isAncestor(repository, commit, head))
            return true;
        if (!(await isShallow(repository)))
            return false;
    }
    return false;
}
/** Whether one commit is the other or an ancestor of it, as far as history has been fetched. */
async function isAncestor(repository, ancestor, descendant) {
    if (!(await isKnown(repository, ancestor)))
        return false;
    const args = ['merge-base', '--is-ancestor', ancestor, descendant];
    const { exitCode } = await repository.attempt({ what: 'Cannot compare two commits', args });
    return exitCode === 0;
}
/** The best common ancestor of two commits, as far as this checkout's history reaches; undefined where there is none. */
async function findMergeBase(checkout, one, other) {
    const { exitCode, stdout } = await checkout.attempt({
        what: 'Cannot compare two commits',
        args: ['merge-base', one, other],
    });
    return exitCode === 0 ? stdout.trim() : undefined;
}
/** Without asking the server: a partial clone would fetch a commit that is merely mentioned. */
async function isKnown(repository, commit) {
    const env = { GIT_NO_LAZY_FETCH: '1' };
    const args = ['cat-file', '-e', `${commit}^{commit}`];
    const { exitCode } = await repository.attempt({ what: 'Cannot look for a commit', args, env });
    return exitCode === 0;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/relation.js



/** Commits of history that are fetched before giving up on a relation, step by step. */
const DEPTHS = [20, 500, 2 ** 31 - 1];
/** The branch that a targetRevision names, where it is not that one; what it names may be a tag as well. */
function otherBranch(targetRevision, branch) {
    const name = targetRevision.replace(/^refs\/heads\//, '');
    const isOne = name !== '' && name !== 'HEAD' && name !== branch && !isCommit(name);
    return isOne && isBranchName(name) ? [name] : [];
}
function isBranchName(name) {
    try {
        return parseBranchName(name) === name;
    }
    catch {
        return false;
    }
}
/** What the first branch says that knows both commits. */
async function askBranches(repository, [branch = '', ...others], revision, current) {
    const relation = await askGit(repository, branch, revision, current);
    if (relation !== 'diverged' || others.length === 0)
        return relation;
    return askBranches(repository, others, revision, current).catch((error) => {
        if (error instanceof Failure && error.code === 'GIT_BRANCH_NOT_FOUND')
            return relation;
        throw error;
    });
}
/**
 * `newer` contains the wanted commit, `older` does not but is on the branch that does; everything else is `diverged`:
 * the wanted commit is not on the branch, or Argo CD is somewhere else.
 */
async function askGit(repository, branch, revision, current) {
    let head = '';
    for (const depth of DEPTHS) {
        head = await branch_fetchBranch(repository, branch, depth);
        if (await isAncestor(repository, revision, current))
            return 'newer';
        if (await isAncestor(repository, current, revision))
            return 'older';
    }
    // Two lines of history that were merged: Argo CD is on the one, the wanted commit on the other.
    const onBranch = [revision, current].map((commit) => isAncestor(repository, commit, head));
    return (await Promise.all(onBranch)).every((is) => is) ? 'older' : 'diverged';
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/ancestry.js





/** How long a relation that may have been a passing trouble is left alone before Git is asked again. */
const ASK_AGAIN_MS = 10_000;
/**
 * Asks Git, and only when Argo CD is at another commit than the wanted one. How two commits relate does not change, so
 * that is asked once; but that one of them is not there, or Git cannot be reached, may pass and is asked again.
 * Where Git cannot be asked only exactly the wanted commit counts.
 * @param targetRevision what the Application follows: where that is another branch, it is asked about there, too
 */
function createAncestry(inputs, world, targetRevision) {
    const known = new Map();
    const doubtful = new Map();
    const branches = [inputs.branch, ...otherBranch(targetRevision, inputs.branch)];
    const opening = createOpening(inputs, world, branches);
    return {
        async relate(current) {
            if (current === inputs.revision)
                return 'same';
            if (!isCommit(current) || inputs.repository === undefined)
                return 'unknown';
            const doubt = doubtful.get(current);
            const before = known.get(current);
            if (before !== undefined)
                return before;
            if (doubt !== undefined && world.now() < doubt.until)
                return doubt.relation;
            const relation = await opening.ask(inputs.repository, current);
            if (relation === 'newer' || relation === 'older')
                known.set(current, relation);
            else
                doubtful.set(current, { relation, until: world.now() + ASK_AGAIN_MS });
            return relation;
        },
        close: opening.close,
    };
}
/** The local repository, opened when it is first needed, and anew where that failed. */
function createOpening(inputs, world, branches) {
    let opened;
    const warned = new Set();
    return {
        async ask(repository, current) {
            try {
                opened ??= await ancestry_open(inputs, world, repository);
                return await askBranches(opened, branches, inputs.revision, current);
            }
            catch (error) {
                const why = messageOf(error);
                if (!warned.has(why))
                    world.log.warn(`Whether ${current.slice(0, 7)} contains the wanted commit cannot be told now: ${why}`);
                warned.add(why);
                return 'unknown';
            }
        },
        close: async () => opened?.close(),
    };
}
async function ancestry_open(inputs, { context, ...world }, repository) {
    const url = /^[\w.-]+\/[\w.-]+$/.test(repository) ? `${context.serverUrl}/${repository}.git` : repository;
    const { repositoryToken, requestTimeout } = inputs;
    return openRepository(world, {
        remote: parseRemoteUrl(url),
        credential: repositoryToken === undefined ? { kind: 'anonymous' } : { kind: 'token', token: repositoryToken },
        temp: context.temp,
        caCert: await readCaCert(inputs.caCert, context.workspace),
        requestTimeout,
    });
}

;// CONCATENATED MODULE: ./packages/manifest/src/frameworks.js
/**
 * The fields of a predictor, one for each framework, that its field `model` has replaced (kserve/kserve
 * pkg/apis/serving/v1beta1/predictor.go). An entry of its own: who reads objects of a cluster needs no YAML.
 */
const FRAMEWORKS = [
    'sklearn',
    'xgboost',
    'tensorflow',
    'pytorch',
    'triton',
    'onnx',
    'huggingface',
    'pmml',
    'lightgbm',
    'paddle',
];

;// CONCATENATED MODULE: ./packages/kserve/src/inference-service.wire.js



const isEnvVar = record({ name: string, value: optional(string) });
const inference_service_wire_isContainer = record({
    name: withDefault(string, ''),
    image: optional(string),
    env: withDefault(array(isEnvVar), []),
});
const isModel = record({ image: optional(string), storageUri: optional(string), name: optional(string) });
const isStorageUri = record({ uri: string });
const frameworkFields = Object.fromEntries(FRAMEWORKS.map((framework) => [framework, optional(isModel)]));
const isPredictor = record({
    name: optional(string),
    minReplicas: optional(number),
    model: optional(isModel),
    containers: withDefault(array(inference_service_wire_isContainer), []),
    storageUris: withDefault(array(isStorageUri), []),
    canaryTrafficPercent: optional(number),
    workerSpec: optional(unknownValue),
    ...frameworkFields,
});
const isFailureInfo = record({
    reason: withDefault(string, ''),
    message: withDefault(string, ''),
    exitCode: optional(number),
});
const isComponent = record({
    url: optional(string),
    latestReadyRevision: optional(string),
    latestCreatedRevision: optional(string),
});
const inference_service_wire_isStatus = record({
    conditions: withDefault(array(isCondition), []),
    url: optional(string),
    deploymentMode: optional(string),
    components: withDefault(dictionary(isComponent), {}),
    modelStatus: optional(record({ transitionStatus: withDefault(string, ''), lastFailureInfo: optional(isFailureInfo) })),
});
const isInferenceService = record({
    metadata: isMetadata,
    spec: record({
        predictor: isPredictor,
        transformer: optional(unknownValue),
        explainer: optional(unknownValue),
        canary: withDefault(array(unknownValue), []),
    }),
    status: withDefault(inference_service_wire_isStatus, { conditions: [], components: {} }),
});
const INFERENCE_SERVICES = {
    group: 'serving.kserve.io',
    version: 'v1beta1',
    plural: 'inferenceservices',
    kind: 'InferenceService',
    check: isInferenceService,
};
/** `stop: "true"` and the like: annotations are text. */
function inference_service_wire_isSet(annotations, name) {
    return annotations[name]?.toLowerCase() === 'true';
}
/** The model of a predictor: `model`, or a framework field, which KServe's webhook turns into one. */
function modelOf(predictor) {
    return predictor.model ?? FRAMEWORKS.map((field) => predictor[field]).find((model) => model !== undefined);
}

;// CONCATENATED MODULE: ./packages/kserve/src/spec.js


/** The name of the label that all pods of an InferenceService carry, in every mode. */
const ISVC_LABEL = 'serving.kserve.io/inferenceservice';
/** `model.image`, else the server's container; `storageUri`, else the first of `storageUris`, else STORAGE_URI. */
function desiredVersion({ spec: { predictor } }) {
    const model = modelOf(predictor);
    const { containers, storageUris } = predictor;
    const server = containers.find(({ name }) => name === version_SERVER_CONTAINER) ?? containers[0];
    return {
        image: model === undefined ? server?.image : model.image,
        storageUri: model?.storageUri ??
            storageUris[0]?.uri ??
            server?.env.find(({ name }) => name === 'STORAGE_URI')?.value,
    };
}
/** Where the manifest in the cluster is not yet the wanted one; undefined when it is. */
function notYetSynced(isvc, want) {
    const { image, storageUri } = desiredVersion(isvc);
    if (image !== undefined && !matchesImage(image, want)) {
        return `not synced yet: the InferenceService still asks for the image ${image}`;
    }
    if (want.storageUri === undefined || storageUri === want.storageUri)
        return undefined;
    const slash = storageUri !== undefined && spec_bare(storageUri) === spec_bare(want.storageUri);
    const hint = slash ? ', which differs by the slash at its end only' : '';
    return `not synced yet: the InferenceService still asks for the model ${storageUri ?? '(none)'}${hint}`;
}
function spec_bare(uri) {
    return uri.replace(/\/+$/, '');
}
/**
 * How the service is run. The status says so since KServe 0.14; before that the annotation does, or the revisions that
 * only Knative has; the spellings Serverless and RawDeployment are those of KServe 0.14 and older.
 */
function deploymentMode({ metadata, status }) {
    switch (status.deploymentMode ?? metadata.annotations['serving.kserve.io/deploymentMode']) {
        case 'Standard':
        case 'RawDeployment':
            return 'Standard';
        case 'Knative':
        case 'Serverless':
            return 'Knative';
        case 'ModelMesh':
            return 'ModelMesh';
        default:
            return hasRevisions(status) ? 'Knative' : 'unknown';
    }
}
function hasRevisions({ components }) {
    return Object.values(components).some(({ latestReadyRevision, latestCreatedRevision }) => latestReadyRevision !== undefined || latestCreatedRevision !== undefined);
}
/** Whether `serving.kserve.io/stop` has switched the service off. */
function isStopped({ metadata }) {
    return isSet(metadata.annotations, 'serving.kserve.io/stop');
}
/** Name of the Deployment, and of the Service, of the predictor in Standard mode. */
function predictorDeployment(name) {
    return `${name}-predictor`;
}
/** Selects the predictor's pods in Standard mode, as its Service does. */
function predictorSelector(name) {
    return `app=isvc.${predictorDeployment(name)}`;
}

;// CONCATENATED MODULE: ./packages/kserve/src/behind.js


/**
 * Whether KServe has yet to act on an InferenceService: the Deployment that it made has another version than the
 * InferenceService asks for. Its status does not say so, for it compares no generation of its own
 * (kserve/kserve pkg/apis/serving/v1beta1/inference_service_status.go). Pure.
 */
function describeBehind(isvc, deployment) {
    const asked = desiredVersion(isvc);
    const { template } = deployment.spec;
    const [image, storageUri] = [version_imageOf(template.spec), version_storageUriOf(template)];
    const say = (wanted, has) => `InferenceService ${isvc.metadata.name} asks for ${wanted}, its Deployment ${deployment.metadata.name} still has ${has}`;
    // What is not noted in the template cannot be told: several `storageUris`, a container of another name.
    if (asked.storageUri !== undefined && storageUri !== undefined && storageUri !== asked.storageUri)
        return say(asked.storageUri, storageUri);
    if (asked.image !== undefined && image !== undefined && !isSameVersion(image, asked.image))
        return say(asked.image, image);
    return undefined;
}
/** Admission may have put another registry before the name, or the digest behind it. */
function isSameVersion(one, other) {
    const [[oneName, oneDigest], [otherName, otherDigest]] = [behind_partsOf(one), behind_partsOf(other)];
    if (oneDigest !== undefined && otherDigest !== undefined)
        return oneDigest === otherDigest;
    return oneName === otherName;
}
/** `registry/churn:v2@sha256:1` -> `churn:v2`, `sha256:1` */
function behind_partsOf(image) {
    const [named = '', digest] = image.split('@', 2);
    return [named.slice(named.lastIndexOf('/') + 1), digest];
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/behind.js




/**
 * Reads the InferenceServices of a tree and their Deployments as they are in the cluster; in words, the first that KServe
 * has not acted on. Those in Knative mode have no Deployment of their own: there the status tells.
 */
function createBehindReader(argocd, application) {
    const behindOf = async (tree, service) => {
        const predictor = childrenOf(tree, service, 'Deployment').find(({ name }) => behind_isPredictor(name, service));
        if (predictor === undefined)
            return undefined;
        const [isvc, deployment] = await Promise.all([
            argocd.resource(application, service, INFERENCE_SERVICES.check),
            argocd.resource(application, predictor, DEPLOYMENTS.check),
        ]);
        return isvc === undefined || deployment === undefined ? undefined : describeBehind(isvc, deployment);
    };
    return async (tree) => {
        const services = tree.nodes.filter((node) => {
            return node.kind === INFERENCE_SERVICES.kind && node.group === INFERENCE_SERVICES.group;
        });
        const behind = await Promise.all(services.map((service) => behindOf(tree, service)));
        return behind.find((one) => one !== undefined);
    };
}
/** Before KServe 0.9 it ended with `-default`. */
function behind_isPredictor(name, service) {
    return name === `${service.name}-predictor` || name === `${service.name}-predictor-default`;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/source.js


/**
 * The source that the commit belongs to. Of several of one repository it is the one that
 * follows the branch: others may be pinned to a tag, and never come to the commit.
 * @throws Failure `config` where this commit can never become live, or the inputs leave open of which source it is
 */
function sourceOf(application, { application: name, repository, branch }) {
    const refuse = (what, seen, next) => new Failure({ kind: 'config', code: 'ARGOCD_SOURCE', what, on: `Application ${name}`, seen, next });
    if (application.spec.sourceHydrator !== undefined)
        throw refuse('Cannot wait for a commit of this Application', 'it has a sourceHydrator: Argo CD writes its manifests to another branch, which this version cannot follow yet', 'Look whether the Application is healthy in another way, such as `argocd app wait --hydrated --health`');
    const sources = selectSources(application, repository);
    const [source] = sources;
    if (source === undefined)
        throw refuse('The Application deploys from another repository', repository === undefined ? 'it has no Git source' : `none of its Git sources is ${repository}`, 'Check the inputs `application` and `repository`: this commit can never become live there');
    const others = sources.filter((other) => !isSameRepository(other.source.repoURL, source.source.repoURL));
    if (others.length === 0)
        return sources.find((one) => follows(one, branch)) ?? source;
    throw refuse('Which source of the Application the commit belongs to is not said', `it deploys from ${[source, ...others].map((one) => one.source.repoURL).join(' and ')}`, 'Give the input `repository`');
}
/** Whether commits on the branch come to the source; HEAD and '' stand for the default branch, whatever that is. */
function follows({ source: { targetRevision } }, branch) {
    return ['', 'HEAD', branch, `refs/heads/${branch}`].includes(targetRevision);
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/check.js



/**
 * Whether a commit on the branch would be synced by Argo CD itself now, said before there is one. Pure.
 * @throws Failure `config` | `policy` where no commit of this branch would become live
 */
function checkApplication({ application, blocking, turn, link }, asked) {
    assertFollows(application, asked);
    if (turn === undefined)
        assertSyncsByItself(application, asked);
    if (blocking !== undefined)
        throw closedWindow(blocking, asked);
    const { sync, health } = application.status;
    return {
        outputs: {
            result: 'ready',
            'sync-status': sync.status,
            'health-status': health.status,
            url: link,
        },
        summary: `## ✅ ${escapeMarkdown(asked.application)} syncs commits of ${inlineCode(asked.branch)} by itself\n\n[Application](${link})\n`,
    };
}
/** A tag or a commit never moves. */
function assertFollows(application, { application: name, repository, branch }) {
    const sources = selectSources(application, repository);
    if (sources.some((source) => follows(source, branch)))
        return;
    const followed = sources.map(({ source }) => source.targetRevision);
    throw new Failure({
        kind: 'config',
        code: 'ARGOCD_BRANCH',
        what: 'The Application does not follow the branch',
        on: `Application ${name}`,
        seen: `it follows ${followed.join(' and ')}, not ${branch}`,
        next: 'Check the inputs `application` and `branch`, and targetRevision of the Application',
    });
}
function assertSyncsByItself(application, { application: name }) {
    if (syncsByItself(application))
        return;
    throw new Failure({
        kind: 'policy',
        code: 'ARGOCD_AUTO_SYNC_OFF',
        what: 'The Application does not sync by itself',
        on: `Application ${name}`,
        seen: 'automated sync is off: a commit would wait for somebody to sync it by hand',
        next: 'Switch automated sync on (syncPolicy.automated); this action starts no sync',
    });
}
function closedWindow({ kind, schedule, duration }, { application: name }) {
    return new Failure({
        kind: 'policy',
        code: 'ARGOCD_WINDOW',
        what: 'The Application may not sync now',
        on: `Application ${name}`,
        seen: `a sync window keeps it from syncing (${kind} ${schedule}, ${duration})`,
        next: 'Run this step again when the window lets it sync',
        retryable: true,
    });
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/observe.js


/** Refreshes get lost (argo-cd #28603) and commits take time to show, so they are repeated, ever more rarely. */
const REFRESH_AFTER_MS = [3_000, 5_000, 10_000, 20_000, 30_000];
/** Looks at one Application, and makes Argo CD look at Git while it is not at the wanted commit. */
function createObserver(world, argocd, ancestry, options) {
    let refreshes = 0;
    let nextRefresh = -Infinity;
    let newest = 0;
    const { name, readPods, readBehind } = options;
    const stateOf = async (application) => {
        newest = Math.max(newest, versionOf(application));
        const relation = await ancestry.relate(revisionOf(application.status.sync, options.source));
        const failed = failedRevision(application, options.source);
        const isAsked = relation === 'newer' && failed !== undefined;
        const operated = isAsked ? await ancestry.relate(failed) : 'unknown';
        const atRevision = relation === 'same' || relation === 'newer';
        const tree = readPods !== undefined && atRevision ? await argocd.tree(name) : undefined;
        const pods = tree === undefined ? undefined : await readPods?.(tree);
        const behind = tree !== undefined && isWell(application) ? await readBehind?.(tree) : undefined;
        const blocking = atRevision ? await observe_blockingOf(argocd, name, application) : undefined;
        const turn = isIdle(application) ? await readTurn(argocd, application) : undefined;
        return {
            application,
            tree,
            pods: pods ?? new Map(),
            behind,
            turn,
            blocking,
            relation,
            operated,
            now: world.now(),
        };
    };
    const isRefreshDue = () => world.now() >= nextRefresh || options.wantsRefresh();
    return {
        async look() {
            if (!isRefreshDue())
                return stateOf(await argocd.get(name));
            nextRefresh = world.now() + (REFRESH_AFTER_MS[refreshes] ?? 30_000);
            refreshes += 1;
            const refreshed = await argocd.refresh(name).catch((error) => ignorePassing(world, error));
            return stateOf(refreshed ?? (await argocd.get(name)));
        },
        async take(application) {
            const isOld = () => versionOf(application) < newest;
            if (isOld())
                return undefined;
            const state = await stateOf(application);
            // Meanwhile a look may have seen more.
            return isOld() ? undefined : state;
        },
    };
}
/** Opaque by the letter of Kubernetes; Argo CD itself orders events by it (server/application watch). */
function versionOf({ metadata }) {
    return Number(metadata.resourceVersion) || 0;
}
/** Nothing is left to wait for, as far as the Application itself tells; `accept-suspended` takes Suspended for that, too. */
function isWell(application) {
    const { sync, health } = application.status;
    const isGood = health.status === 'Healthy' || health.status === 'Suspended';
    return sync.status === 'Synced' && isGood && !isSyncing(application);
}
/** Out of sync, and nothing is being done about it. */
function isIdle(application) {
    return application.status.sync.status === 'OutOfSync' && !isSyncing(application);
}
/** Asked only where it explains something: out of sync, and nothing under way. That it cannot be told is no failure. */
async function observe_blockingOf(argocd, name, application) {
    if (!isIdle(application))
        return undefined;
    return argocd.blockingWindow(name).catch(() => undefined);
}
/** A refresh may hang for ever upstream (argo-cd #21613); the plain look that follows tells whether the server is there. */
function ignorePassing(world, error) {
    if (!(error instanceof Failure) || !error.retryable)
        throw error;
    world.log.debug(`The refresh did not come back: ${error.message}`);
    return undefined;
}

;// CONCATENATED MODULE: ./packages/wait/src/backoff.js
/**
 * Full jitter: a random time between 0 and `min(cap, base * 2^attempt)` milliseconds.
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015; it spreads callers best.
 * @param attempt 0 for the first
 */
function fullJitter(attempt, { base, cap, random }) {
    return Math.round(random() * Math.min(cap, base * 2 ** attempt));
}
/** Up to 20 % more or less, so that many waiters do not ask at the same moment. */
function spread(ms, random) {
    return Math.round(ms * (0.8 + 0.4 * random()));
}

;// CONCATENATED MODULE: ./packages/wait/src/ending.js

/** What a wait says while it cannot see. */
function failedLook(failure) {
    return `the last look failed: ${failure?.details.what ?? ''}: ${failure?.details.seen ?? ''}`;
}
/** What was seen last, or, where nothing ever was, the trouble that kept it from being seen: that one has the advice. */
function timeoutFailure({ what, on, next }, { looks, reason }, trouble, waited) {
    const seconds = Math.round(waited / 1_000);
    if (trouble !== undefined && looks === 0)
        return withDetails(trouble, { seen: `${trouble.details.seen}, for all of ${seconds} s` });
    return new Failure({
        kind: 'timeout',
        code: 'WAIT_TIMEOUT',
        what: `Waited in vain for ${what}`,
        on,
        seen: `after ${seconds} s: ${reason}${trouble === undefined ? '' : `; ${failedLook(trouble)}`}`,
        next,
    });
}

;// CONCATENATED MODULE: ./packages/wait/src/feed.js
/** Reads `events` in the background. Its end or its failure is no failure of the wait: polling goes on. */
function createFeed(world, events) {
    const controller = new AbortController();
    let newest;
    let wake;
    if (events !== undefined) {
        const signal = AbortSignal.any([world.signal, controller.signal]);
        void read(() => events(signal), { ...world, signal }, (value) => {
            newest = { value };
            wake?.();
            return !controller.signal.aborted;
        });
    }
    return {
        take() {
            const state = newest;
            newest = undefined;
            return state;
        },
        async next(ms) {
            if (newest !== undefined)
                return;
            const arrival = new Promise((resolve) => {
                wake = resolve;
            });
            await Promise.race([arrival, world.sleep(ms)]);
            wake = undefined;
        },
        close: () => controller.abort(),
    };
}
/** Hands on every state until `push` says that nobody listens any more. */
async function read(events, world, push) {
    try {
        for await (const state of events())
            if (!push(state))
                return;
        if (!world.signal.aborted)
            world.log.debug('The event stream ended; polling goes on.');
    }
    catch (thrown) {
        if (world.signal.aborted)
            return;
        world.log.debug(`The event stream broke; polling goes on. ${String(thrown)}`);
    }
}

;// CONCATENATED MODULE: ./packages/wait/src/overdue.js

/** What a look that did not come back ends with. */
const OVERDUE = Symbol('overdue');
/**
 * The promise; or the reason of the abort, or {@link OVERDUE} after `ms` milliseconds, if that comes first. By a real
 * timer: a peer that hangs does so in real time, whatever the clock of the wait.
 */
async function unlessOver(signal, ms, promise) {
    const over = Promise.withResolvers();
    const onAbort = () => over.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => over.reject(OVERDUE), timerOf(ms));
    try {
        return await Promise.race([promise, over.promise]);
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
    }
}

;// CONCATENATED MODULE: ./packages/wait/src/look.js


const DEFAULT_LOOK_GRACE_MS = 5_000;
/**
 * The next state: what was pushed, unless a poll is due (a chatty stream must not replace the truth);
 * undefined when the poll failed in a way that can pass.
 */
function createLooker(world, options, feed, trouble, waited) {
    let pollDue = -Infinity;
    return async () => {
        const pushed = feed.take();
        if (pushed !== undefined && world.now() < pollDue)
            return pushed;
        const rest = Math.max(0, options.timeout - waited()) + (options.lookGrace ?? DEFAULT_LOOK_GRACE_MS);
        try {
            const value = await unlessOver(world.signal, rest, options.observe());
            trouble.passed();
            return { value };
        }
        catch (thrown) {
            if (world.signal.aborted)
                throw world.signal.reason;
            if (thrown === OVERDUE)
                throw thrown;
            trouble.add(toFailure(thrown));
            return undefined;
        }
        finally {
            pollDue = world.now() + intervalAt(options, waited());
        }
    };
}
function intervalAt({ interval }, waited) {
    return typeof interval === 'number' ? interval : interval(waited);
}

;// CONCATENATED MODULE: ./packages/wait/src/progress.js
/** A line when the reason changes, but never more often than every few seconds, and now and then when nothing changes. */
function createProgress(world, every) {
    let lastReason = '';
    let lastAt = -Infinity;
    return {
        say(what, reason, waited) {
            const changed = reason !== lastReason;
            const quiet = world.now() - lastAt;
            if (!(changed && quiet >= Math.min(every, 2_000)) && quiet < every * (changed ? 1 : 3))
                return;
            lastReason = reason;
            lastAt = world.now();
            world.log.info(`${String(Math.round(waited / 1_000)).padStart(5)} s  waiting for ${what}: ${reason}`);
        },
    };
}

;// CONCATENATED MODULE: ./packages/wait/src/trouble.js
/** Remembers since when looking has failed, and gives up when it has for too long or can never pass. */
function createTrouble(tolerance, waited) {
    let since;
    let last;
    return {
        add(failure) {
            since ??= waited();
            last = failure;
            if (!failure.retryable || waited() - since >= tolerance)
                throw failure;
        },
        passed() {
            since = undefined;
            last = undefined;
        },
        last: () => last,
    };
}

;// CONCATENATED MODULE: ./packages/wait/src/wait-for.js








const DEFAULT_TOLERANCE_MS = 120_000;
const DEFAULT_PROGRESS_MS = 10_000;
/**
 * The one loop of everything that waits: look (or be told), judge, say how it stands, sleep, until a verdict,
 * the deadline or a cancel. Polling is the truth; events only lower the latency.
 * @throws the verdict's Failure; Failure `timeout` with the last reason; the observer's Failure when it cannot pass
 */
async function waitFor(world, options) {
    const started = world.now();
    const waited = () => world.now() - started;
    const feed = createFeed(world, options.events);
    const progress = createProgress(world, options.progressEvery ?? DEFAULT_PROGRESS_MS);
    const trouble = createTrouble(options.tolerate ?? DEFAULT_TOLERANCE_MS, waited);
    const looker = createLooker(world, options, feed, trouble, waited);
    let seen = { looks: 0, reason: 'nothing was seen yet' };
    try {
        for (;;) {
            world.signal.throwIfAborted();
            const state = await looker();
            if (state !== undefined) {
                const looks = seen.looks + 1;
                const verdict = options.evaluate(state.value, waited());
                if (verdict.status === 'done')
                    return { value: verdict.value, waited: waited(), looks };
                if (verdict.status === 'failed')
                    throw verdict.failure;
                seen = { looks, reason: verdict.reason };
            }
            // Judged first: what is good at the last moment is good.
            if (waited() >= options.timeout)
                throw timeoutFailure(options, seen, trouble.last(), waited());
            progress.say(options.what, trouble.last() === undefined ? seen.reason : failedLook(trouble.last()), waited());
            await wait_for_pause(world, options, feed, waited());
        }
    }
    catch (thrown) {
        if (thrown === OVERDUE)
            throw timeoutFailure(options, { ...seen, reason: `${seen.reason}; the last look did not come back` }, trouble.last(), waited());
        const overtaken = thrown === world.signal.reason && thrown instanceof Failure && thrown.kind === 'timeout';
        throw overtaken ? timeoutFailure(options, seen, trouble.last(), waited()) : thrown;
    }
    finally {
        feed.close();
    }
}
async function wait_for_pause(world, options, feed, waited) {
    const rest = Math.max(0, options.timeout - waited);
    await feed.next(Math.min(spread(intervalAt(options, waited), world.random), rest));
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/advice.js

/** What a wait was in vain for decides what to look at; the loop itself cannot know. */
const advice_ADVICE = [
    [/Unschedulable/, 'Add nodes, or lower the requests or the affinity of the new pod: no node takes it'],
    [
        / asks for \S+, its Deployment \S+ still has /,
        'Look at the events of the InferenceService, then at the log of kserve-controller-manager: KServe has not acted on it; an annotation serving.kserve.io/disable-auto-update keeps it from that, too',
    ],
    [
        / is in its init container \S+$/,
        'Raise timeout, or look at the log of that init container: it has not done its work yet',
    ],
    [
        / waits: \w+$/,
        'Read the last warnings of the pod with `kubectl describe pod`: a volume, a Secret or the network keeps its container from being made',
    ],
    [
        / runs, and is not ready$/,
        'Look at the readiness probe and at the log of the server: it has started, and does not say that it is ready',
    ],
    [
        /^Argo CD is at .* is not known$/,
        'Give `repository` (and `repository-token` where it is private), so that a newer commit that contains this one counts; and check that the Application follows the branch of this commit',
    ],
    [
        /^Argo CD is at /,
        'Check that the Application follows the branch of this commit (targetRevision), and that Argo CD can read the repository: it has seen no newer commit',
    ],
    [
        /^Argo CD (has not compared|could not compare)/,
        'Look at the conditions of the Application, then at the log of argocd-application-controller',
    ],
    [
        /its ApplicationSet \S+ has not come to it yet/,
        'Raise timeout, or look at the steps before it in the ApplicationSet: it syncs one step when the one before is healthy',
    ],
    [/sync window/, 'Run this step again when the window lets it sync, or sync by hand in Argo CD'],
    [
        /has not begun to sync/,
        'Press Sync in Argo CD: automated sync can miss a commit that came while an earlier one was being synced (argo-cd #27875)',
    ],
    [
        /^the sync of an earlier commit/,
        'Terminate that sync in Argo CD: as long as an earlier commit is tried again, no newer one is synced',
    ],
    [
        /^(syncing|the sync)/,
        'Look in Argo CD at what the sync waits for: a hook, or a resource of an earlier wave that does not become healthy',
    ],
    [
        /health Suspended/,
        'Resume what is paused or stopped; where that is on purpose, set accept-suspended: true',
    ],
    [
        /^no pod has the image/,
        'Check that the manifests of this commit name the image, and that expected-images spells it as they do',
    ],
];
/** The failure with advice that fits the last reason, where it is a time-out. */
function withAdvice(thrown, reason) {
    const isTimeout = thrown instanceof Failure && thrown.kind === 'timeout';
    const next = advice_ADVICE.find(([pattern]) => pattern.test(reason))?.[1];
    return isTimeout && next !== undefined ? withDetails(thrown, { next }) : thrown;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report.js




/** What was seen last, as outputs. */
function describeState(state) {
    const status = state?.application.status;
    return {
        'sync-status': status?.sync.status ?? '',
        'health-status': status?.health.status ?? '',
        phase: status?.operationState?.phase ?? '',
        images: status?.summary.images ?? [],
    };
}
/** Verdict, how we know, then the table. */
function successReport({ application, wanted, live, link, waited, state, deepHealth, }) {
    const name = escapeMarkdown(application);
    const verdict = live.result === 'live'
        ? `## ✅ ${name}: commit ${inlineCode(wanted.slice(0, 7))} is live`
        : `## ✅ ${name}: a newer commit ${inlineCode(live.revision.slice(0, 7))}, which contains ${inlineCode(wanted.slice(0, 7))}, is live`;
    const images = state?.application.status.summary.images ?? [];
    return [
        verdict,
        '',
        `Synced, healthy${deepHealth ? ' down to the pods' : ''}, looked at twice, settled: ${formatDuration(waited)}. [Application](${link})`,
        ...(deepHealth ? [] : ['', 'The pods were not looked at: `deep-health` is false.']),
        '',
        ...(images.length === 0
            ? []
            : ['| image |', '|:--|', ...images.map((image) => `| ${inlineCode(image)} |`), '']),
    ].join('\n');
}
/** Kinds of failure that tell about our access, and nothing about the commit. */
const BLIND = new Set(['auth', 'upstream', 'rate-limit', 'config', 'internal']);
/** Why and what to do first, then wanted and seen side by side. */
function failureReport(unsuccessful) {
    const { application, wanted, failure, seen, link, waited, state, log } = unsuccessful;
    const { next, kind } = failure.details;
    const commit = inlineCode(wanted.slice(0, 7));
    const name = escapeMarkdown(application);
    return [
        BLIND.has(kind)
            ? `## ❌ ${name}: whether commit ${commit} is live could not be told`
            : `## ❌ ${name}: commit ${commit} is not live`,
        '',
        `**Why:** ${escapeMarkdown(failure.details.what)}: ${seen.split('\n').map(escapeMarkdown).join('<br>')}`,
        '',
        `**Do this:** ${adviceMarkdown(next)}. [Application](${link})`,
        '',
        `Found after ${formatDuration(waited)}, kind ${inlineCode(kind)}.`,
        '',
        ...(state === undefined ? [] : wantedAndSeen(state, unsuccessful)),
        ...(log === ''
            ? []
            : [
                '<details><summary>Last lines of the container</summary>',
                '',
                codeFence(log, 'text'),
                '',
                '</details>',
                '',
            ]),
    ].join('\n');
}
function wantedAndSeen({ application, tree, relation }, { wanted, source, troubles, showLogs }) {
    const { sync, health, operationState } = application.status;
    const current = revisionOf(sync, source).slice(0, 7);
    const mark = (good) => (good ? '✅' : '❌');
    const unfinished = tree === undefined ? [] : unfinishedNodes(tree);
    const rows = unfinished.slice(0, MOST_ROWS).map(({ uid, kind, name, health: node }) => {
        const own = troubles.find(({ pod }) => pod !== undefined && pod.metadata.uid === uid)?.trouble;
        const seen = own === undefined ? (node?.status ?? '') : describeTrouble(own, showLogs);
        return `| ${escapeMarkdown(kind)} ${inlineCode(name)} | Healthy | ${escapeMarkdown(seen)} ❌ |`;
    });
    return [
        '| | wanted | seen |',
        '|:--|:--|:--|',
        `| revision | ${inlineCode(wanted.slice(0, 7))} | ${inlineCode(current)} ${mark(relation === 'same' || relation === 'newer')} |`,
        `| sync | Synced | ${escapeMarkdown(sync.status)} ${mark(sync.status === 'Synced')} |`,
        `| operation | Succeeded | ${escapeMarkdown(operationState?.phase ?? 'none')} ${mark(operationState?.phase === 'Succeeded')} |`,
        `| health | Healthy | ${escapeMarkdown(health.status)} ${mark(health.status === 'Healthy')} |`,
        ...rows,
        ...(unfinished.length > MOST_ROWS
            ? [`| ${unfinished.length - MOST_ROWS} more | Healthy | not yet ❌ |`]
            : []),
        '',
    ];
}
const MOST_ROWS = 12;

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/result.js


/** What a good end says. */
function succeed(inputs, { value, waited }, last, link) {
    const { application, revision: wanted, deepHealth } = inputs;
    const seen = describeState(last);
    const seconds = Math.round(waited / 1_000);
    return {
        outputs: {
            result: value.result,
            revision: value.revision,
            ...seen,
            url: link,
            'waited-seconds': seconds,
        },
        summary: successReport({ application, wanted, live: value, link, waited, state: last, deepHealth }),
        report: {
            application,
            wanted,
            result: value.result,
            revision: value.revision,
            waited: seconds,
            ...seen,
        },
        lineage: { application, commit: value.revision },
    };
}
/** The failure with everything that was seen up to it. */
function explainFailure(failure, { inputs, last, troubles, source, link, waited, log }) {
    const { application, revision: wanted, includePodLogs } = inputs;
    const state = describeState(last);
    const seconds = Math.round(waited / 1_000);
    const outputs = { ...state, url: link, 'waited-seconds': seconds };
    if (failure.kind === 'cancelled')
        return withDetails(failure, { outputs });
    const lastLine = log.split('\n').at(-1) ?? '';
    const seen = lastLine === '' ? failure.details.seen : `${failure.details.seen}\nit said: ${lastLine}`;
    const summary = failureReport({
        application,
        wanted,
        failure,
        seen,
        link,
        waited,
        state: last,
        troubles,
        showLogs: includePodLogs,
        source,
        log,
    });
    return withDetails(failure, {
        seen,
        outputs,
        summary,
        report: {
            application,
            wanted,
            result: 'failed',
            seen,
            next: failure.details.next,
            waited: seconds,
            ...state,
        },
    });
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/watch.js




/** Looks until the commit is live, can no longer become so, or the time is over; says how it went in every case. */
async function waitUntilLive(inputs, world, watch) {
    const { judge, observer, link, source } = watch;
    const started = world.now();
    let last;
    let reason = '';
    try {
        const waited = await waitFor(world, {
            what: `${inputs.application} to be live at ${inputs.revision.slice(0, 7)}`,
            on: `Application ${inputs.application}`,
            observe: () => observer.look(),
            events: async function* (signal) {
                for await (const application of watch.events(signal)) {
                    const state = await observer.take(application);
                    if (state !== undefined)
                        yield state;
                }
            },
            evaluate: (state) => {
                last = state;
                const verdict = judge.evaluate(state);
                if (verdict.status === 'pending')
                    reason = verdict.reason;
                return verdict;
            },
            interval: () => Math.min(inputs.interval, judge.dueIn(world.now()) ?? inputs.interval),
            timeout: inputs.timeout,
            next: 'Look at the Application in Argo CD; the summary shows what was seen last',
        });
        return succeed(inputs, waited, last, link);
    }
    catch (thrown) {
        const failure = withAdvice(thrown, reason);
        if (!(failure instanceof Failure))
            throw failure;
        const log = inputs.includePodLogs ? await readCrashLog(failure, judge.troubles, watch.containerLog) : '';
        const waited = world.now() - started;
        throw explainFailure(failure, { inputs, last, source, link, waited, log, troubles: judge.troubles });
    }
}
const HAS_ENDED = new Set(['crash-loop', 'init-failed']);
/** What the crashing container said last, where the failure is a crash and the log can be read; otherwise ''. */
async function readCrashLog({ kind }, troubles, containerLog) {
    const crash = troubles.find(({ trouble }) => HAS_ENDED.has(trouble.code));
    const { pod, container } = crash?.trouble ?? {};
    if (kind !== 'workload' || crash === undefined || pod === undefined || container === undefined)
        return '';
    return containerLog({ pod, container, namespace: crash.namespace }).catch(() => '');
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/run.js










/** Connects, finds the source that the commit belongs to, and waits until the commit is live or cannot become so; or only checks. */
async function run(inputs, world) {
    const argocd = await connect(inputs, world);
    const name = { name: inputs.application, project: inputs.project, appNamespace: inputs.appNamespace };
    world.output('url', linkTo(inputs, inputs.appNamespace));
    world.log.info(`Argo CD ${await argocd.version()}, Application ${inputs.application}`);
    const application = await argocd.get(name);
    const source = sourceOf(application, inputs);
    const link = linkTo(inputs, application.metadata.namespace);
    const { mode, revision } = inputs;
    if (mode === 'check' || revision === undefined) {
        // As in a wait: that the windows cannot be told is no failure.
        const blocking = await argocd.blockingWindow(name).catch(() => undefined);
        const turn = await readTurn(argocd, application);
        return checkApplication({ application, blocking, turn, link }, inputs);
    }
    return run_waitFor({ ...inputs, revision }, world, { argocd, name, source, link });
}
async function run_waitFor(inputs, world, { argocd, name, source, link }) {
    const ancestry = createAncestry(inputs, world, source.source.targetRevision);
    const judge = createLiveJudge({
        revision: inputs.revision,
        source,
        images: inputs.expectedImages,
        settle: inputs.settle,
        degradedGrace: inputs.degradedGrace,
        acceptNewer: inputs.onSuperseded === 'accept',
        acceptSuspended: inputs.acceptSuspended,
        explain: ({ trouble, pod, namespace }) => explainPodTrouble(trouble, { pod, namespace, showLogs: inputs.includePodLogs }),
    });
    const observer = createObserver(world, argocd, ancestry, {
        name,
        source,
        readPods: inputs.deepHealth ? createPodReader(argocd, name) : undefined,
        readBehind: inputs.deepHealth ? createBehindReader(argocd, name) : undefined,
        wantsRefresh: () => judge.isUnconfirmed,
    });
    try {
        return await waitUntilLive(inputs, world, {
            judge,
            observer,
            source,
            link,
            events: (signal) => argocd.stream(name, signal),
            containerLog: (container) => argocd.containerLog(name, container),
        });
    }
    finally {
        await ancestry.close();
    }
}
/** The page of the Application; without its namespace Argo CD looks in its own. */
function linkTo({ url, application }, namespace) {
    const path = namespace === undefined || namespace === '' ? application : `${namespace}/${application}`;
    return `${url.replace(/\/+$/, '')}/applications/${path}`;
}
async function connect(inputs, world) {
    const caCert = await readCaCert(inputs.caCert, world.context.workspace);
    const http = createHttp(world, {
        caCert,
        headers: Object.fromEntries(inputs.extraHeaders),
        requestTimeout: inputs.requestTimeout,
        deadline: world.now() + inputs.timeout,
        trustedOrigins: [inputs.url],
    });
    return createArgocd(http, { url: inputs.url, token: inputs.token });
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/main.js



void runAction({ name: 'wait-argocd-sync', inputs: inputs, run: run });

