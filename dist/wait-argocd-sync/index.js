import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 3481:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ inputs),
  J: () => (/* binding */ isVersionExpected)
});

// EXTERNAL MODULE: ./packages/text/src/expected.js
var expected = __nccwpck_require__(9235);
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
        throw new expected/* Expected */.j(WANT);
    return text;
}

;// CONCATENATED MODULE: ./packages/text/src/scalar.js

/** YAML 1.2's booleans, as the runner's own toolkit reads them. Anything else is an error: a typo must not mean "no". */
function parseBoolean(text) {
    if (['true', 'True', 'TRUE'].includes(text))
        return true;
    if (['false', 'False', 'FALSE'].includes(text))
        return false;
    throw new expected/* Expected */.j('true or false');
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
        throw new expected/* Expected */.j(`one of ${words.join(', ')}`);
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

// EXTERNAL MODULE: ./packages/text/src/duration.js
var duration = __nccwpck_require__(4675);
;// CONCATENATED MODULE: ./packages/text/src/size.js

const UNITS = {
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
    const factor = UNITS[match?.[2] ?? ''];
    const bytes = Math.round(Number(match?.[1]) * (factor ?? Number.NaN));
    if (!Number.isSafeInteger(bytes))
        throw new expected/* Expected */.j('a size such as 8MiB, 1.5GB or 512B');
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
        throw new expected/* Expected */.j('a URL such as https://host.example');
    if (authority.includes('@'))
        throw new expected/* Expected */.j('a URL without user and password: give a token instead');
    if (/[?#]/.test(text))
        throw new expected/* Expected */.j('a URL without query and fragment');
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
            throw new expected/* Expected */.j(`${want}, with an HTTP header name (RFC 9110) first`);
        if (!/^[\t\u0020-\u007e\u00a0-\u00ff]*$/.test(value))
            throw new expected/* Expected */.j(`${want}, without control characters and other letters than Latin ones`);
        if (seen.has(name.toLowerCase()))
            throw new expected/* Expected */.j(`${want}, each once (${name} stands twice)`);
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
            throw new expected/* Expected */.j(want);
        if (pairs.has(key))
            throw new expected/* Expected */.j(`${want}, each key once (${key} stands twice)`);
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
const fields_duration = fieldOf('duration', duration/* parseDuration */.E);
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
function number(range = {}) {
    return fieldOf('number', (value) => parseNumber(value, range));
}
function oneOf(...words) {
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
    throw new expected/* Expected */.j('a region of AWS, such as eu-west-1');
}
/** The same of a server that speaks S3, which calls its regions as it likes: `auto`, `fr-par`, `garage`. @throws Expected */
function parseStoreRegion(text) {
    if (/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text))
        return text;
    throw new expected/* Expected */.j('a region, such as eu-west-1, or what your own S3 server calls its region');
}

;// CONCATENATED MODULE: ./packages/runner/src/common.js


/**
 * The inputs that mean the same in every action that has them. An action names those that make sense for it:
 * `timeout: common.timeout('10m'), 'ca-cert': common.caCert()`.
 */
const common = {
    /** The longest the whole step may take. */
    timeout: (given) => fields_duration({ default: given }),
    /** The longest one request may take. */
    requestTimeout: () => fields_duration({ default: '30s' }),
    /** PEM certificates, or the path of a file with them, trusted in addition to the system's. */
    caCert: () => fields_text(),
    extraHeaders: () => headers(),
    onCancel: (given) => oneOf('terminate', 'leave')({ default: given }),
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
        throw new expected/* Expected */.j('true, false or on-failure');
    }
}

// EXTERNAL MODULE: ./packages/diagnostics/src/sanitize.js
var sanitize = __nccwpck_require__(5151);
// EXTERNAL MODULE: ./packages/diagnostics/src/failure.js
var failure = __nccwpck_require__(5836);
// EXTERNAL MODULE: ./packages/runner/src/undeclared.js + 1 modules
var undeclared = __nccwpck_require__(6942);
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
            (0,undeclared/* refuseUndeclared */.gZ)(handedOn, Object.keys(fields), elsewhere, problem);
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
        if (!(error instanceof expected/* Expected */.j))
            throw error;
        problem(name, `got ${field.secret || error.holdsSecret ? 'a value (not shown)' : `"${(0,sanitize/* sanitizeLine */.g$)(value, 120)}"`}; want ${error.want}`);
        return undefined;
    }
}
function inputFailure(problems) {
    const many = problems.length > 1;
    return new failure/* Failure */.HR({
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

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/access/access-inputs.js

/** How Argo CD is reached and who asks. */
const accessFields = {
    url: url(),
    auth: oneOf('token', 'password', 'github-oidc', 'kubernetes')({ default: 'token' }),
    token: secret(),
    username: fields_text(),
    password: secret(),
    'oidc-exchange': oneOf('dex', 'none')({ default: 'dex' }),
    'dex-connector-id': fields_text({ default: 'github-actions' }),
    'oidc-audience': fields_text(),
    'service-proxy': fields_text(),
    kubeconfig: fields_text(),
    'kubernetes-context': fields_text(),
    'kubernetes-server': url(),
    'kubernetes-token': secret(),
    'eks-cluster': fields_text(),
    'role-to-assume': common.roleToAssume(),
    'aws-region': common.awsRegion(),
    'argocd-namespace': fields_text({ default: 'argocd' }),
    refresh: fields_boolean({ default: 'true' }),
    'workload-kubeconfig': fields_text(),
    'workload-context': fields_text(),
    'workload-eks-cluster': fields_text(),
    'request-timeout': common.requestTimeout(),
    'ca-cert': common.caCert(),
    'extra-headers': common.extraHeaders(),
};
/** `namespace/[scheme:]name[:port]`, as the API server takes it behind `/services/`. */
const SERVICE_PROXY = /^[a-z0-9-]+\/(?:https?:)?[a-z0-9-]+(?::[a-z0-9-]+)?$/;
/** What has to stand together. */
function checkAccess(given, problem) {
    checkLogin(given, problem);
    checkCluster(given, problem);
    if (given.auth !== 'kubernetes' && given.url === undefined && given.serviceProxy === undefined)
        problem('url', 'is required: want the URL of Argo CD (or `service-proxy`, or `auth: kubernetes`)');
}
function checkLogin({ auth, token, username, password, ...given }, problem) {
    const wants = (input, is) => {
        if (is === undefined)
            problem(input, `is required with \`auth: ${auth}\``);
    };
    const refuses = (input, is) => {
        if (is !== undefined)
            problem(input, `is of no use with \`auth: ${auth}\``);
    };
    if (auth === 'token')
        wants('token', token);
    else
        refuses('token', token);
    if (auth === 'password') {
        wants('username', username);
        wants('password', password);
    }
    else {
        refuses('username', username);
        refuses('password', password);
    }
    if (auth === 'github-oidc' && given.oidcExchange === 'none') {
        if (given.oidcAudience === undefined)
            problem('oidc-audience', 'is required with `oidc-exchange: none`: the audience that oidc.config of Argo CD allows');
    }
    if (auth !== 'github-oidc')
        refuses('oidc-audience', given.oidcAudience);
}
function checkCluster({ auth, serviceProxy, ...given }, problem) {
    const { kubeconfig, kubernetesServer, kubernetesToken, eksCluster } = given;
    const isOfUse = auth === 'kubernetes' || serviceProxy !== undefined;
    const named = { kubeconfig, 'kubernetes-server': kubernetesServer, 'eks-cluster': eksCluster };
    for (const [input, value] of Object.entries(named))
        if (value !== undefined && !isOfUse)
            problem(input, 'is of use only with `auth: kubernetes` or `service-proxy`');
    if (auth === 'kubernetes' && serviceProxy !== undefined)
        problem('service-proxy', 'leads to the API of Argo CD, which wants a login of its own: give `auth: token`, `password` or `github-oidc`');
    if (serviceProxy !== undefined && !SERVICE_PROXY.test(serviceProxy))
        problem('service-proxy', 'want namespace/scheme:service:port, as argocd/https:argocd-server:443');
    if (kubeconfig !== undefined && (kubernetesServer ?? eksCluster) !== undefined)
        problem('kubeconfig', 'is given beside kubernetes-server or eks-cluster; give one of them');
    if (kubernetesToken !== undefined && eksCluster !== undefined)
        problem('kubernetes-token', 'is given beside eks-cluster, which makes tokens; give one of them');
    if (kubernetesServer !== undefined && kubernetesToken === undefined && eksCluster === undefined)
        problem('kubernetes-token', 'is required with kubernetes-server, or eks-cluster, which makes tokens');
    if (given.workloadKubeconfig !== undefined && given.workloadEksCluster !== undefined)
        problem('workload-kubeconfig', 'is given beside workload-eks-cluster; give one of them');
    checkOfCluster(given, auth, problem);
}
function checkOfCluster(given, auth, problem) {
    const { eksCluster, roleToAssume, workloadContext, workloadEksCluster, workloadKubeconfig } = given;
    if (roleToAssume !== undefined && (eksCluster ?? workloadEksCluster) === undefined)
        problem('role-to-assume', 'is of use only with eks-cluster or workload-eks-cluster');
    if (given.kubernetesContext !== undefined && given.kubeconfig === undefined)
        problem('kubernetes-context', 'is of use only with `kubeconfig`');
    if (workloadContext !== undefined && workloadKubeconfig === undefined)
        problem('workload-context', 'is of use only with `workload-kubeconfig`');
    if ((workloadKubeconfig ?? workloadEksCluster) !== undefined && auth !== 'kubernetes')
        problem('workload-kubeconfig', 'is of use only with `auth: kubernetes`: Argo CD itself reads the pods of every cluster');
    if (!given.refresh && auth !== 'kubernetes')
        problem('refresh', '`false` is of use only with `auth: kubernetes`: in the API of Argo CD it needs no right of its own');
}

// EXTERNAL MODULE: ./actions/wait-argocd-sync/src/revision.js
var revision = __nccwpck_require__(4109);
;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/inputs.js





const fields = {
    ...accessFields,
    mode: oneOf('wait', 'check', 'observe')({ default: 'wait' }),
    application: collection('names', parseNames)(),
    selector: fields_text(),
    applicationset: parsed('name', parseName)(),
    children: oneOf('same-repository', 'all', 'none')({ default: 'same-repository' }),
    'fail-fast': fields_boolean({ default: 'true' }),
    project: parsed('name', parseName)(),
    'app-namespace': parsed('name', parseName)(),
    revision: parsed('revision', revision/* parseRevision */.P)(),
    repository: fields_text(),
    branch: parsed('branch', parseBranchName)({ default: 'main' }),
    'repository-token': secret(),
    'expected-images': lines(),
    'expected-storage-uri': fields_text(),
    'on-superseded': oneOf('accept', 'fail')({ default: 'accept' }),
    'on-blocked': oneOf('fail', 'wait')({ default: 'fail' }),
    'deep-health': fields_boolean({ default: 'true' }),
    'include-pod-logs': fields_boolean({ default: 'false' }),
    'accept-suspended': fields_boolean({ default: 'false' }),
    'degraded-grace': fields_duration({ default: '60s' }),
    settle: fields_duration({ default: '10s' }),
    interval: fields_duration({ default: '10s' }),
    timeout: common.timeout('15m'),
    sync: oneOf('never', 'if-needed', 'always')({ default: 'never' }),
    'dry-run': common.dryRun(),
    summary: common.summary(),
};
/** Whether a version has to stand in the objects of the cluster, so that they have to be read. */
function isVersionExpected(given) {
    return given.expectedImages.length > 0 || given.expectedStorageUri !== undefined;
}
const inputs = defineInputs(fields, (given, problem) => {
    const { mode, revision, settle, timeout, interval } = given;
    checkAccess(given, problem);
    const ways = [
        given.application.length > 0,
        given.selector !== undefined,
        given.applicationset !== undefined,
    ];
    const chosen = ways.filter((is) => is).length;
    if (chosen === 0)
        problem('application', 'is required: want a name, or one of `selector` and `applicationset` instead');
    if (chosen > 1)
        problem('application', 'want one of `application`, `selector` and `applicationset`: each says which Applications are meant');
    if (mode === 'wait' && revision === undefined)
        problem('revision', 'is required: want a commit');
    if (mode === 'observe' && given.sync !== 'never')
        problem('sync', 'a sync is started by a wait, and `mode` is observe');
    if (settle >= timeout)
        problem('settle', '`settle` has to be shorter than `timeout`, or the wait can never succeed');
    if (interval < 100)
        problem('interval', 'want at least 100ms');
});
function parseNames(value) {
    return [...new Set(parseList(value).map(parseApplication))];
}
/** @throws Expected for `namespace/name`, as the CLI of Argo CD takes it, with the way out */
function parseApplication(value) {
    if (!/^[a-z0-9][-a-z0-9]*\/[a-z0-9]/.test(value))
        return parseName(value);
    throw new expected/* Expected */.j('names without a namespace: give it as `app-namespace`; Applications of several namespaces are named by `selector` or `applicationset`');
}
/** A name of a Kubernetes object (RFC 1123 subdomain). */
function parseName(value) {
    if (/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(value))
        return value;
    throw new expected/* Expected */.j('a name of lower-case letters, digits, - and .');
}


/***/ }),

/***/ 4109:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ parseRevision),
/* harmony export */   o: () => (/* binding */ COMMIT_WANTED)
/* harmony export */ });
/* harmony import */ var _mlops_actions_argocd__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4555);
/* harmony import */ var _mlops_actions_text__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9235);


const COMMIT_WANTED = 'a full commit id of 40 hex digits, as the output `commit-sha` of bump-kserve-image';
/**
 * A full commit id, `sha256:` and a digest, or the version of a chart as it is written: what has no digit is the name of a
 * branch or of a tag that moves, and names no revision.
 */
function parseRevision(value) {
    const isHash = /^sha256:[0-9a-f]{64}$/.test(value) || (0,_mlops_actions_argocd__WEBPACK_IMPORTED_MODULE_0__/* .isCommit */ .WM)(value);
    const isVersion = /^(?=.*\d)[A-Za-z0-9_][\w.+-]{0,127}$/.test(value);
    if (isHash || (isVersion && !isShortCommit(value)))
        return value;
    throw new _mlops_actions_text__WEBPACK_IMPORTED_MODULE_1__/* .Expected */ .j(`${COMMIT_WANTED}, or the version or digest of a chart or an artifact; a branch names what is newest, not what was pushed`);
}
/** A short id would be a guess: only a full one names a commit for ever. */
function isShortCommit(value) {
    return /^[0-9a-f]{7,63}$/.test(value) && /[a-f]/.test(value);
}


/***/ }),

/***/ 6959:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ZG: () => (/* binding */ isApplicationList),
/* harmony export */   zE: () => (/* binding */ isStreamEvent),
/* harmony export */   zz: () => (/* binding */ isApplication)
/* harmony export */ });
/* harmony import */ var _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2117);
/* harmony import */ var _mlops_actions_kubernetes_pods__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1356);


// Fields and spellings: argo-cd pkg/apis/application/v1alpha1/types.go. Go leaves out what is empty.
const IN_GIT = {
    repoURL: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    targetRevision: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    path: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    helm: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
        parameters: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ name: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''), value: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })), []),
        values: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
        valuesObject: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .unknownValue */ .Uo),
    })),
    kustomize: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ images: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj), []) })),
};
const isSource = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ ...IN_GIT, chart: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj) });
const isCondition = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    type: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj,
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    lastTransitionTime: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj),
});
const isResourceResult = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    kind: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    namespace: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    name: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    hookType: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    hookPhase: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
});
const isSyncOperation = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    revision: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    revisions: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj), []),
    dryRun: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM, false),
});
const isOperationState = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    phase: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    startedAt: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    finishedAt: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj),
    retryCount: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0),
    operation: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ sync: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(isSyncOperation) }), {}),
    syncResult: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
        revision: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
        revisions: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj), []),
        resources: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isResourceResult), []),
    })),
});
/** What came as JSON and goes back as it is. */
const isJson = (value) => JSON.parse(JSON.stringify(value));
const isDestination = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    server: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    name: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    namespace: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
});
const isResourceStatus = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    group: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    version: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    kind: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj,
    namespace: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    name: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj,
    status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    health: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''), message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })),
    requiresPruning: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM, false),
});
const isComparedTo = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ source: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(isSource), sources: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isSource), []) });
const isHydration = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    phase: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    /** The commit that the manifests were written from; '' where the hydrator did not come as far as reading it. */
    drySHA: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    hydratedSHA: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    startedAt: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
});
const isBranch = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ targetBranch: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') });
/** Manifests are written from one place to another first, so the commit is not the revision (Argo CD >= 2.14). */
const isSourceHydrator = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    /** No chart: what is written from has to be in Git. */
    drySource: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)(IN_GIT),
    syncSource: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ targetBranch: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''), repoURL: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') }),
    hydrateTo: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(isBranch),
});
const EMPTY_SYNC = { status: 'Unknown', revision: '', revisions: [], comparedTo: { sources: [] } };
const EMPTY_HEALTH = { status: 'Unknown', message: '' };
const isHealth = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, 'Unknown'),
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    /** Since 2.14. */
    lastTransitionTime: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj),
});
const isStatus = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    sync: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
        status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, 'Unknown'),
        revision: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
        revisions: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj), []),
        comparedTo: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(isComparedTo, { sources: [] }),
    }), EMPTY_SYNC),
    health: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(isHealth, EMPTY_HEALTH),
    operationState: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(isOperationState),
    conditions: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isCondition), []),
    resources: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isResourceStatus), []),
    summary: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ images: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj), []) }), { images: [] }),
    reconciledAt: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    sourceHydrator: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ currentOperation: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(isHydration) })),
});
/** argoproj.io/v1alpha1 Application, as far as waiting needs it. */
const isApplication = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    metadata: _mlops_actions_kubernetes_pods__WEBPACK_IMPORTED_MODULE_1__/* .isMetadata */ .SE,
    spec: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
        project: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
        destination: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(isDestination, { server: '', name: '', namespace: '' }),
        source: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(isSource),
        sources: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isSource), []),
        sourceHydrator: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(isSourceHydrator),
        syncPolicy: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
            automated: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
                enabled: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM, true),
                selfHeal: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM, false),
                prune: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM, false),
            })),
            syncOptions: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj)),
            retry: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(isJson),
        })),
    }),
    operation: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .unknownValue */ .Uo),
    status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(isStatus, {
        sync: EMPTY_SYNC,
        health: EMPTY_HEALTH,
        conditions: [],
        resources: [],
        summary: { images: [] },
        reconciledAt: '',
    }),
});
/** Go writes a list without members as null. */
const isApplicationList = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ items: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isApplication), []) });
/** One event of `/api/v1/stream/applications`; a failure of the stream is an event too. */
const isStreamEvent = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    result: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ type: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, application: isApplication })),
    error: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''), http_code: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0) })),
});


/***/ }),

/***/ 8957:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ blockingOf)
/* harmony export */ });
/** An active deny, or allows of which none is active (pkg/apis/application/v1alpha1/types.go SyncWindows.CanSync). */
function blockingOf(active, assigned) {
    const denied = active.find(({ kind }) => kind === 'deny');
    const isAllowed = active.some(({ kind }) => kind === 'allow');
    return denied ?? (isAllowed ? undefined : assigned.find(({ kind }) => kind === 'allow'));
}


/***/ }),

/***/ 5039:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BB: () => (/* binding */ isSyncWindows),
/* harmony export */   G: () => (/* binding */ isCommitInfo),
/* harmony export */   KU: () => (/* binding */ resourceOf),
/* harmony export */   L3: () => (/* binding */ isResourceTree),
/* harmony export */   RB: () => (/* binding */ isArgocdError),
/* harmony export */   lF: () => (/* binding */ isVersion),
/* harmony export */   ne: () => (/* binding */ isEventList),
/* harmony export */   tj: () => (/* binding */ isApplicationSet),
/* harmony export */   xr: () => (/* binding */ isLogEntry)
/* harmony export */ });
/* harmony import */ var _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2117);
/* harmony import */ var _mlops_actions_kubernetes_pods__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1089);


// What is asked of an Application beside itself: argo-cd server/application/application.proto.
const isNode = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    group: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    version: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    kind: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    namespace: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    name: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    uid: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    parentRefs: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ kind: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''), uid: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })), []),
    info: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ name: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, value: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })), []),
    images: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj), []),
    health: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''), message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })),
    createdAt: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
});
const isResourceTree = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ nodes: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isNode), []) });
const isResource = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ manifest: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj });
/** `GET …/resource`: the live object, as JSON text. */
function resourceOf(check) {
    return (value) => check(JSON.parse(isResource(value).manifest));
}
const isWindow = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    kind: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    schedule: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    duration: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
});
/** `GET …/syncwindows`; `canSync` is about a sync by hand, so what blocks automated sync follows from the lists. */
const isSyncWindows = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    activeWindows: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isWindow), []),
    assignedWindows: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isWindow), []),
});
/** `GET …/events`: core/v1 EventList. */
const isEventList = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ items: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_mlops_actions_kubernetes_pods__WEBPACK_IMPORTED_MODULE_1__/* .EVENTS */ .q.check), []) });
/** How an ApplicationSet syncs its Applications, and where each of them stands. */
const isApplicationSet = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    spec: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ strategy: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ type: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })) }), {}),
    status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
        applicationStatus: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
            application: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
            status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
            step: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
            message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
        })), []),
    }), { applicationStatus: [] }),
});
/** `GET …/revisions/{revision}/metadata`. */
const isCommitInfo = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    author: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    date: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
});
const isVersion = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ Version: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj });
/** What a unary call answers when it fails (grpc-gateway): `code` is the gRPC number. */
const isArgocdError = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    error: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    code: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0),
});
const isLogEntry = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ result: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ content: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })) });


/***/ }),

/***/ 4555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AP: () => (/* binding */ selectPackages),
/* harmony export */   DT: () => (/* binding */ revisionOf),
/* harmony export */   Sg: () => (/* binding */ relateVersion),
/* harmony export */   WM: () => (/* binding */ isCommit),
/* harmony export */   _Z: () => (/* binding */ isRange),
/* harmony export */   eh: () => (/* binding */ syncedRevision),
/* harmony export */   iS: () => (/* binding */ sourceNow),
/* harmony export */   nn: () => (/* binding */ selectSources),
/* harmony export */   sG: () => (/* binding */ allSources),
/* harmony export */   ve: () => (/* binding */ isSameRepository)
/* harmony export */ });
/** The sources in Git whose repository is this one; all of them when no repository is given. */
function selectSources(application, repository) {
    return allSources(application).filter(({ source, kind }) => (kind === 'git' || kind === 'hydrated') &&
        (repository === undefined || isSameRepository(source.repoURL, repository)));
}
/** The sources that are charts or artifacts of a registry. */
function selectPackages(application, repository) {
    return allSources(application).filter(({ source, kind }) => (kind === 'helm' || kind === 'oci') &&
        (repository === undefined || isSameRepository(source.repoURL, repository)));
}
/** Every source of an Application; of a source hydrator the one that it is made from. */
function allSources({ spec }) {
    const { source, sources, sourceHydrator } = spec;
    // The manifests come from where they are written to; a commit is made where they are written from.
    if (sourceHydrator !== undefined)
        return [{ source: sourceHydrator.drySource, index: undefined, kind: 'hydrated' }];
    if (sources.length > 0)
        return sources.map((item, index) => ({ source: item, index, kind: kindOf(item) }));
    return source === undefined ? [] : [{ source, index: undefined, kind: kindOf(source) }];
}
function kindOf({ chart, repoURL }) {
    if (chart !== undefined && chart !== '')
        return 'helm';
    return repoURL.startsWith('oci://') ? 'oci' : 'git';
}
/** The source as the specification has it now: an Application of another one may move its targetRevision meanwhile. */
function sourceNow(application, { source, index, kind }) {
    const now = allSources(application).find((one) => one.index === index && one.kind === kind);
    return now?.source ?? source;
}
/** The revision of a status, a result or an operation, for that source. */
function revisionOf({ revision, revisions }, { index }) {
    return index === undefined ? revision : (revisions[index] ?? '');
}
/**
 * The revision that Argo CD last compared with; '' where it has not, or where what stands there is of another source: the
 * list follows the sources of that comparison, which may have been others.
 */
function syncedRevision(application, selected) {
    const { sync } = application.status;
    const revision = revisionOf(sync, selected);
    if (selected.kind === 'helm' || selected.kind === 'oci')
        return isCompared(application, selected) ? revision : '';
    return isCommit(revision) && isCompared(application, selected) ? revision : '';
}
function isCompared(application, selected) {
    const compared = comparedSource(application, selected);
    if (compared === undefined || selected.kind === 'hydrated')
        return true;
    const now = sourceNow(application, selected);
    return compared.repoURL === now.repoURL && compared.path === now.path && compared.chart === now.chart;
}
function comparedSource({ status }, { index }) {
    const { source, sources } = status.sync.comparedTo;
    return index === undefined ? source : sources[index];
}
/**
 * How the version or digest that Argo CD is at relates to the wanted one. Versions are compared as they are written: which
 * of two charts contains the other nobody can say. What Argo CD is at of an OCI artifact is its digest, also where the
 * source names a tag (argo-cd util/oci/client.go ResolveRevision).
 */
function relateVersion(application, selected, wanted) {
    const revision = syncedRevision(application, selected);
    if (revision === '')
        return 'unknown';
    if (revision === wanted)
        return 'same';
    const isAtTag = selected.kind === 'oci' && sourceNow(application, selected).targetRevision === wanted;
    const wasAtTag = comparedSource(application, selected)?.targetRevision === wanted;
    return isAtTag && wasAtTag ? 'same' : 'older';
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
/** Whether a targetRevision stands for many versions, of which Argo CD takes the highest (github.com/Masterminds/semver constraints). */
function isRange(targetRevision) {
    return /[\s*^~<>=!|,]|(?:^|\.)[xX](?:\.|$)|^v?\d+(?:\.\d+)?$/.test(targetRevision);
}
/** A full commit id. On a manifest error `status.sync.revision` may be a branch name (argo-cd #29575). */
function isCommit(revision) {
    return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);
}


/***/ }),

/***/ 4720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CM: () => (/* binding */ bearer),
/* harmony export */   lR: () => (/* binding */ cookie),
/* harmony export */   mC: () => (/* binding */ toldWith),
/* harmony export */   vu: () => (/* binding */ isRefusal),
/* harmony export */   wL: () => (/* binding */ authorized)
/* harmony export */ });
/* harmony import */ var _mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5836);

const bearer = (token) => ({ authorization: `Bearer ${token}` });
/** As long as a cookie is for every browser (argo-cd util/http maxCookieLength), its name and the number of the part apart. */
const COOKIE_LENGTH = 4_093 - 'argocd.token'.length - 3;
/**
 * For ways on which `Authorization` is somebody else's: Argo CD takes the cookie `argocd.token` where there is none. A
 * long token comes in parts, and the first one says how many (util/http splitCookie).
 */
const cookie = (token) => {
    const parts = token.match(new RegExp(`.{1,${COOKIE_LENGTH}}`, 'g')) ?? [];
    const [first = '', ...others] = parts;
    const head = others.length === 0 ? first : `${parts.length}:${first}`;
    return {
        cookie: [
            `argocd.token=${head}`,
            ...others.map((part, index) => `argocd.token-${index + 1}=${part}`),
        ].join('; '),
    };
};
/**
 * The client with the login on every request. A token that is refused is renewed once and the request sent again: it did
 * nothing yet. What still fails is handed to `explain`.
 */
function authorized(http, source, carrier = bearer, explain = async (failure) => failure) {
    const send = async (request, run) => {
        const withToken = (token) => run({ ...request, headers: { ...request.headers, ...carrier(token) } });
        const token = await source.token();
        try {
            return await withToken(token).catch(async (thrown) => {
                if (!isRefusal(thrown, 401) || !(await source.renew(token)))
                    throw thrown;
                return withToken(await source.token());
            });
        }
        catch (thrown) {
            throw thrown instanceof _mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR ? await explain(thrown) : thrown;
        }
    };
    return {
        ...http,
        request: (request) => send(request, http.request),
        json: (request, validate) => send(request, (sent) => http.json(sent, validate)),
        stream: (request) => send(request, http.stream),
    };
}
function isRefusal(thrown, status) {
    return thrown instanceof _mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR && thrown.code === `HTTP_${status}`;
}
/** The failure, told with who asked: `<subject>` in its advice is the place for that. */
function toldWith(subject, failure, place = IN_POLICY) {
    const { seen, next } = failure.details;
    const advice = next.includes('<subject>')
        ? next.replaceAll('<subject>', subject).concat(placeOf(subject, place))
        : next;
    return (0,_mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_0__/* .withDetails */ .FE)(failure, { seen: `${seen}; asked as ${subject}`, next: advice });
}
const IN_POLICY = ' (in argocd-rbac-cm)';
/** The policies of a project's role stand in the project itself. */
function placeOf(subject, place) {
    const [, project, role] = /^proj:([^:]+):(.+)$/.exec(subject) ?? [];
    return project === undefined ? place : ` (in the policies of the role ${role} of the AppProject ${project})`;
}


/***/ }),

/***/ 705:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ readClaims)
/* harmony export */ });
/* harmony import */ var _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2117);

const isClaims = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    sub: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    exp: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai),
    federated_claims: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ user_id: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })),
});
/** The claims of a JWT, unverified; undefined for a token of another form. */
function readClaims(token) {
    const [, payload, signature] = token.split('.');
    if (payload === undefined || signature === undefined)
        return undefined;
    try {
        const claims = isClaims(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
        const { sub, exp, federated_claims: federated } = claims;
        return {
            subject: federated?.user_id || sub,
            expiresAt: exp === undefined ? undefined : exp * 1_000,
        };
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 2010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ warnOfExpiry),
/* harmony export */   n: () => (/* binding */ timeOf)
/* harmony export */ });
/* harmony import */ var _claims_wire_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(705);

/** Says at the start, while something can still be done about it, that a token ends before the step may. */
function warnOfExpiry({ now, log }, { token, what, deadline, next }) {
    const end = (0,_claims_wire_js__WEBPACK_IMPORTED_MODULE_0__/* .readClaims */ .I)(token)?.expiresAt;
    if (end === undefined || end > deadline)
        return;
    const verb = end <= now() ? 'expired' : 'expires';
    log.warn(`${what} ${verb} at ${timeOf(end)}, and this step may wait until ${timeOf(deadline)}. ${next}`);
}
/** `2026-01-15 12:00:30 UTC` */
function timeOf(ms) {
    return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}


/***/ }),

/***/ 5836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FE: () => (/* binding */ withDetails),
/* harmony export */   HR: () => (/* binding */ Failure),
/* harmony export */   KW: () => (/* binding */ cancelled)
/* harmony export */ });
/* unused harmony exports FAILURE_KINDS, formatFailure */
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


/***/ }),

/***/ 5151:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g$: () => (/* binding */ sanitizeLine),
/* harmony export */   jZ: () => (/* binding */ sanitizeText)
/* harmony export */ });
/* unused harmony export quoteForeignText */
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


/***/ }),

/***/ 9297:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ systemTrouble)
/* harmony export */ });
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


/***/ }),

/***/ 9486:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DD: () => (/* binding */ causeChain),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   w2: () => (/* binding */ toFailure)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5836);
/* harmony import */ var _system_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9297);


/** Any thrown value as a {@link Failure}: a state of the machine by its own words, anything else as a defect of ours. */
function toFailure(thrown) {
    if (thrown instanceof _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR)
        return thrown;
    const trouble = (0,_system_js__WEBPACK_IMPORTED_MODULE_1__/* .systemTrouble */ .L)(thrown);
    if (trouble !== undefined) {
        const { errno, path = 'a file of this step', ...words } = trouble;
        return new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
            ...words,
            code: `SYSTEM_${errno}`,
            what: 'Cannot use a file',
            on: path,
            cause: thrown,
        });
    }
    return new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR({
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


/***/ }),

/***/ 987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ timerOf)
/* harmony export */ });
/** What a timer can hold, in milliseconds; a longer one fires at once (Node's TIMEOUT_MAX). */
const LONGEST_TIMER = 2 ** 31 - 1;
/** What a timer can be set to for a limit: a limit of many days is very long, not nothing. */
function timerOf(ms) {
    return Math.min(ms, LONGEST_TIMER);
}


/***/ }),

/***/ 9216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  U9: () => (/* binding */ isLoopback),
  es: () => (/* binding */ isSpecialAddress),
  E8: () => (/* binding */ isSpecialHost)
});

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


/***/ }),

/***/ 76:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  V: () => (/* binding */ createHttp)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __nccwpck_require__(4708);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(1692);
// EXTERNAL MODULE: ./packages/diagnostics/src/thrown.js
var thrown = __nccwpck_require__(9486);
// EXTERNAL MODULE: ./packages/diagnostics/src/failure.js
var failure = __nccwpck_require__(5836);
;// CONCATENATED MODULE: ./packages/http/src/direct.js

/** Undefined where only the client can: through a proxy, with a certificate of its own, or by a resolver of its own. */
function directLine(hasProxy, added, { clientCertificate, serverName, lookup }) {
    if (hasProxy || clientCertificate !== undefined || serverName !== undefined || lookup !== undefined)
        return undefined;
    return { ca: added.length === 0 ? undefined : [...(0,external_node_tls_.getCACertificates)('default'), ...added] };
}

;// CONCATENATED MODULE: ./packages/http/src/agents.js






const PROXY_VARIABLES = [
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
        http: new external_node_http_.Agent({ ...shared, keepAlive: true }),
        https: new external_node_https_.Agent({ ...tls, keepAlive: true }),
    };
    const fresh = { http: new external_node_http_.Agent(shared), https: new external_node_https_.Agent(tls) };
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
    for (const name of PROXY_VARIABLES) {
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
        return (0,external_node_tls_.createSecureContext)({
            ...(added.length === 0 ? {} : { ca: [...(0,external_node_tls_.getCACertificates)('default'), ...added] }),
            ...(clientCertificate === undefined
                ? {}
                : { cert: clientCertificate.certificate, key: clientCertificate.key }),
        });
    }
    catch (error) {
        throw badConfig('HTTP_BAD_CERTIFICATE', 'the client certificate', (0,thrown/* messageOf */.bD)(error), 'Give a PEM certificate and its PEM key');
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
        return new external_node_crypto_.X509Certificate(pem).raw.length > 0;
    }
    catch {
        return false;
    }
}
function badConfig(code, on, seen, next) {
    return new failure/* Failure */.HR({ kind: 'config', code, what: 'Cannot set up the connection', on, seen, next });
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
// EXTERNAL MODULE: ./packages/diagnostics/src/timer.js
var timer = __nccwpck_require__(987);
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

// EXTERNAL MODULE: ./packages/http/src/address.js + 1 modules
var src_address = __nccwpck_require__(9216);
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
            if (!hosts.has(url.hostname) && (0,src_address/* isSpecialHost */.E8)(url.hostname)) {
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
        if (error === null && addresses.some(src_address/* isSpecialAddress */.es)) {
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
    throw new failure/* Failure */.HR({
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
            const request = (secure ? external_node_https_.request : external_node_http_.request)(requestOptions(sent, wire, deadlines));
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
        timeout: (0,timer/* timerOf */.p)(limits.connect),
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

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
// EXTERNAL MODULE: ./packages/diagnostics/src/sanitize.js
var sanitize = __nccwpck_require__(5151);
;// CONCATENATED MODULE: ./packages/http/src/words.js

/** Binary units, one decimal: `16 MiB`, `1.5 KiB`. */
function formatBytes(bytes) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
    return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
/** The beginning of a text from a server on one line, quoted, for a message. */
function excerpt(text, length = 200) {
    const line = (0,sanitize/* sanitizeLine */.g$)(text
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
    for await (const chunk of pieces(answer, rules.decompress, deadlines)) {
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
        for await (const chunk of pieces(answer, rules.decompress, deadlines)) {
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
async function* pieces(answer, decompress, deadlines) {
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
        return (0,external_node_stream_.pipeline)(message, (0,external_node_zlib_.createGunzip)(), () => { });
    if (encoding === 'br')
        return (0,external_node_stream_.pipeline)(message, (0,external_node_zlib_.createBrotliDecompress)(), () => { });
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
    const totalTimer = limits.total === undefined ? undefined : setTimeout(expire, (0,timer/* timerOf */.p)(limits.total), 'total', limits.total);
    if (signals.some((signal) => signal.aborted))
        onAbort();
    return {
        limits,
        enter(phase) {
            clearTimeout(phaseTimer);
            phaseTimer = setTimeout(expire, (0,timer/* timerOf */.p)(limits[phase]), phase, limits[phase]);
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
            return `request id ${(0,sanitize/* sanitizeLine */.g$)(id, 128)}`;
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
    return new failure/* Failure */.HR({
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
    return new failure/* Failure */.HR({
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
    return new failure/* Failure */.HR({
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
    if (reason instanceof failure/* Failure */.HR)
        return reason;
    if (!isTimeout(reason))
        return (0,failure/* cancelled */.KW)(reason);
    return new failure/* Failure */.HR({
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
    return url.protocol === 'http:' && !(0,src_address/* isLoopback */.U9)(url.hostname);
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
        if (error instanceof failure/* Failure */.HR || !world.signal.aborted)
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
        if (error instanceof failure/* Failure */.HR)
            throw error;
        throw explainShape((0,thrown/* messageOf */.bD)(error), response, request, new URL(response.url).host);
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
            yield* refusePages(answer, plan, pieces(answer, plan.decompress, deadlines));
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


/***/ }),

/***/ 3243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ serverSentEvents),
/* harmony export */   i: () => (/* binding */ jsonLines)
/* harmony export */ });
const LONGEST_LINE = 16 * 1024 * 1024;
/**
 * The messages of a `text/event-stream` body. Comments, which servers send to keep the connection alive, and
 * messages without data give nothing; a message that the end of the stream cuts is dropped, as the standard says.
 */
async function* serverSentEvents(chunks) {
    let event = '';
    let data = [];
    let id = '';
    for await (const { line, complete } of lines(chunks)) {
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
    for await (const { line } of lines(chunks)) {
        if (line.trim() !== '')
            yield JSON.parse(line);
    }
}
/** Lines ended by CRLF, LF or CR, wherever the chunks were cut: inside a character, or between CR and LF. */
async function* lines(chunks) {
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


/***/ }),

/***/ 2117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IQ: () => (/* binding */ withDefault),
/* harmony export */   Uo: () => (/* binding */ unknownValue),
/* harmony export */   YO: () => (/* binding */ array),
/* harmony export */   Yj: () => (/* binding */ string),
/* harmony export */   ai: () => (/* binding */ number),
/* harmony export */   g1: () => (/* binding */ record),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   zM: () => (/* binding */ boolean),
/* harmony export */   zz: () => (/* binding */ dictionary)
/* harmony export */ });
/* unused harmony exports ShapeError, oneOf */
class ShapeError extends Error {
    constructor(path, got, want) {
        super(`${path === '' ? 'the value' : path}: got ${got}, want ${want}`);
        this.name = 'ShapeError';
    }
}
const string = primitive('string');
const boolean = primitive('boolean');
/** A finite number: JSON can spell 1e999, and nothing good comes of it. */
const number = (value, path = '') => {
    if (typeof value === 'number' && Number.isFinite(value))
        return value;
    throw new ShapeError(path, typeof value === 'number' ? String(value) : nameOf(value), 'number');
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
            : nameOf(value);
        throw new ShapeError(path, got, `one of ${allowed.join(', ')}`);
    };
}
function array(check) {
    return (value, path = '') => {
        if (!Array.isArray(value))
            throw new ShapeError(path, nameOf(value), 'array');
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
            throw new ShapeError(path, nameOf(value), want);
        return value;
    };
}
function asObject(value, path) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return value;
    throw new ShapeError(path, nameOf(value), 'object');
}
function own(object, key) {
    return Object.getOwnPropertyDescriptor(object, key)?.value;
}
function nameOf(value) {
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


/***/ }),

/***/ 1089:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ lastSeen),
/* harmony export */   q: () => (/* binding */ EVENTS)
/* harmony export */ });
/* harmony import */ var _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2117);
/* harmony import */ var _metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1356);


const isEvent = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    metadata: _metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__/* .isMetadata */ .SE,
    type: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    reason: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    count: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 1),
    lastTimestamp: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj),
    eventTime: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj),
    involvedObject: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ kind: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''), name: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') }),
});
const EVENTS = {
    group: '',
    version: 'v1',
    plural: 'events',
    kind: 'Event',
    check: isEvent,
};
/** When it was last seen, for sorting; RFC 3339. */
function lastSeen({ lastTimestamp, eventTime, metadata }) {
    return lastTimestamp ?? eventTime ?? metadata.creationTimestamp;
}


/***/ }),

/***/ 1356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G3: () => (/* binding */ isCondition),
/* harmony export */   SE: () => (/* binding */ isMetadata),
/* harmony export */   UA: () => (/* binding */ isStringMap),
/* harmony export */   ls: () => (/* binding */ identify),
/* harmony export */   rI: () => (/* binding */ conditionOf)
/* harmony export */ });
/* harmony import */ var _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2117);

const isOwner = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ kind: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, name: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, uid: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj });
/** Labels or annotations; absent means none. */
const isStringMap = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .dictionary */ .zz)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj), {});
/** ObjectMeta, as far as it is needed here (k8s.io/apimachinery pkg/apis/meta/v1 types.go). */
const isMetadata = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    name: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj,
    namespace: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    uid: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    resourceVersion: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    generation: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0),
    creationTimestamp: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    deletionTimestamp: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj),
    labels: isStringMap,
    annotations: isStringMap,
    ownerReferences: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isOwner), []),
});
/** A condition of any kind of object; `status` is True, False or Unknown. */
const isCondition = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    type: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj,
    status: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj,
    reason: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
});
/** The one condition of a type, if the object has it. */
function conditionOf(conditions, type) {
    return conditions.find((condition) => condition.type === type);
}
const isIdentity = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    metadata: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
        name: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
        namespace: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
        resourceVersion: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    }),
});
/** Which object it is and how new, whatever its kind. A bookmark has a version only. */
function identify(object) {
    const { name, namespace, resourceVersion } = isIdentity(object).metadata;
    return { key: `${namespace}/${name}`, version: resourceVersion };
}


/***/ }),

/***/ 448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ PODS)
/* harmony export */ });
/* harmony import */ var _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2117);
/* harmony import */ var _metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1356);
/* harmony import */ var _workload_wire_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6976);



const isTerminated = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    exitCode: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0),
    reason: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
});
const isState = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    waiting: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ reason: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''), message: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })),
    running: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ startedAt: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, '') })),
    terminated: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(isTerminated),
});
const isContainerStatus = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    name: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj,
    image: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    imageID: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    ready: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zM, false),
    restartCount: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0),
    state: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(isState, {}),
    lastState: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(isState, {}),
});
const isPod = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    metadata: _metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__/* .isMetadata */ .SE,
    spec: _workload_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .isPodSpec */ .nW,
    status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
        phase: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
        conditions: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__/* .isCondition */ .G3), []),
        containerStatuses: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isContainerStatus), []),
        initContainerStatuses: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isContainerStatus), []),
    }), { phase: '', conditions: [], containerStatuses: [], initContainerStatuses: [] }),
});
const PODS = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', check: isPod };


/***/ }),

/***/ 6976:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $i: () => (/* binding */ DEPLOYMENTS),
/* harmony export */   Fl: () => (/* binding */ isTemplate),
/* harmony export */   nW: () => (/* binding */ isPodSpec),
/* harmony export */   t4: () => (/* binding */ REPLICA_SETS)
/* harmony export */ });
/* harmony import */ var _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2117);
/* harmony import */ var _metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1356);


const isContainer = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    name: _mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj,
    image: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, ''),
    args: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj), []),
});
/** A PodSpec as it stands in templates and in pods. */
const isPodSpec = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    containers: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isContainer), []),
    initContainers: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(isContainer), []),
    serviceAccountName: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj),
    restartPolicy: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, 'Always'),
});
const isTemplate = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    metadata: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ annotations: _metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__/* .isStringMap */ .UA }), { annotations: {} }),
    spec: isPodSpec,
});
const isDeployment = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    metadata: _metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__/* .isMetadata */ .SE,
    spec: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ replicas: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 1), template: isTemplate }),
    status: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
        observedGeneration: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0),
        replicas: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0),
        updatedReplicas: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0),
        availableReplicas: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 0),
        conditions: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)((0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YO)(_metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__/* .isCondition */ .G3), []),
    }), { observedGeneration: 0, replicas: 0, updatedReplicas: 0, availableReplicas: 0, conditions: [] }),
});
const isReplicaSet = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({
    metadata: _metadata_wire_js__WEBPACK_IMPORTED_MODULE_1__/* .isMetadata */ .SE,
    spec: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1)({ replicas: (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .withDefault */ .IQ)(_mlops_actions_http__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai, 1), template: isTemplate }),
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


/***/ }),

/***/ 4195:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ readCaCert)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5836);
/* harmony import */ var _mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9486);



/**
 * The input `ca-cert`: PEM text as it is, or what stands in the file that it names.
 * @throws Failure `config` where there is no such file
 */
async function readCaCert(given, workspace) {
    if (given === undefined || given.includes('-----BEGIN CERTIFICATE-----'))
        return given;
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, given), 'utf8').catch((cause) => {
        throw new _mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR({
            kind: 'config',
            code: 'CA_CERT',
            what: 'Cannot read the certificates',
            on: 'the input `ca-cert`',
            seen: (0,_mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(cause),
            next: 'Give PEM certificates, or the path of a file with them',
            cause,
        });
    });
}


/***/ }),

/***/ 6942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  fO: () => (/* binding */ handedOnName),
  ar: () => (/* binding */ namesHandedOn),
  gZ: () => (/* binding */ refuseUndeclared)
});

// EXTERNAL MODULE: ./packages/diagnostics/src/sanitize.js
var sanitize = __nccwpck_require__(5151);
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
        problem((0,sanitize/* sanitizeLine */.g$)(written, 60), `is no input of this action${insteadOf(written, declared, elsewhere)}`);
    }
}
function insteadOf(written, declared, elsewhere) {
    const other = new Map(Object.entries(elsewhere)).get(written);
    if (other !== undefined)
        return `: ${other}`;
    const near = nearestName(written, declared);
    if (near !== undefined)
        return `; did you mean \`${near}\`?`;
    const variable = (0,sanitize/* sanitizeLine */.g$)(PREFIX + handedOnName(written), 66);
    return `; take it out of the \`with:\` of this step, or ${variable} out of \`env:\``;
}


/***/ }),

/***/ 4675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
/* harmony import */ var _expected_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9235);

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
        throw new _expected_js__WEBPACK_IMPORTED_MODULE_0__/* .Expected */ .j(WANT);
    const total = Object.values(UNITS).reduce((sum, factor, index) => sum + Number(amounts[index] ?? 0) * factor, 0);
    if (total > Number.MAX_SAFE_INTEGER)
        throw new _expected_js__WEBPACK_IMPORTED_MODULE_0__/* .Expected */ .j(WANT);
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


/***/ }),

/***/ 9235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ Expected)
/* harmony export */ });
/** Thrown by every parser here: what the text should have been, as the end of "want …". */
class Expected extends Error {
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


/***/ }),

/***/ 9933:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ fullJitter),
/* harmony export */   i: () => (/* binding */ spread)
/* harmony export */ });
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


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXTERNAL MODULE: ./packages/diagnostics/src/sanitize.js
var sanitize = __nccwpck_require__(5151);
;// CONCATENATED MODULE: ./packages/diagnostics/src/markdown.js

// GitHub links mentions, issues and bare addresses after rendering, so escapes do not stop it; breaking the word does.
const ZERO_WIDTH_SPACE = '\u200b';
/**
 * Foreign text as one line of GitHub Markdown that shows exactly that text:
 * no HTML, no links or images, no mentions, no table cell separators.
 */
function escapeMarkdown(text) {
    return (0,sanitize/* sanitizeLine */.g$)(text)
        .replace(/(#|\bGH-)(?=\d)/gi, `$1${ZERO_WIDTH_SPACE}`)
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
        .replace(/@/g, `@${ZERO_WIDTH_SPACE}`)
        .replace(/:\/\//g, `:${ZERO_WIDTH_SPACE}//`)
        .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}${ZERO_WIDTH_SPACE}.`);
}
/**
 * Foreign text as inline code. A pipe would end a table cell, and no escape of it means the same inside and outside of
 * tables: such text becomes a `<code>` element of entities, which mean nothing to Markdown.
 */
function inlineCode(text) {
    const line = (0,sanitize/* sanitizeLine */.g$)(text);
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
    const body = (0,sanitize/* sanitizeText */.jZ)(text, limits);
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
const UNSEEN = /[ \t]*(?:[\n\r\v\f\u0085\u2028\u2029]|<br>)\s*|[\0-\b\x0e-\x1f\x7f-\x9f]|\p{Default_Ignorable_Code_Point}/gu;
/** The same and blanks, which are what is left of line ends where lines were joined. */
const UNSEEN_OR_BLANK = new RegExp(String.raw `\s+|${UNSEEN.source}`, 'gu');
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
        { pattern: UNSEEN, shortest: 1, forms: new Set() },
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

// EXTERNAL MODULE: ./packages/diagnostics/src/thrown.js
var src_thrown = __nccwpck_require__(9486);
// EXTERNAL MODULE: ./packages/diagnostics/src/failure.js
var src_failure = __nccwpck_require__(5836);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
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
        const declared = parseDeclared(list === '' ? '' : (0,external_node_fs_.readFileSync)(list, 'utf8'));
        for (const { name, digest } of subjects) {
            const before = declared.get(name);
            if (before === digest)
                continue;
            const why = before === undefined ? tooMany(declared.size) : `a step before has declared it as ${before}`;
            if (why === undefined)
                (0,external_node_fs_.appendFileSync)(file, `oci://${name}@${digest}\n`);
            else
                log.warn(`${name}@${digest} is not declared for attestation, since ${why}: give actions/attest its name and digest`);
        }
    }
    catch (cause) {
        // What was done is done, and attestation can be given its subject in another way.
        log.warn(`The image could not be declared for attestation: ${(0,src_thrown/* messageOf */.bD)(cause)}`);
    }
}
function tooMany(declared) {
    return declared < MOST_OF_A_JOB ? undefined : `the runner takes no more than ${MOST_OF_A_JOB} of a job`;
}

// EXTERNAL MODULE: ./packages/diagnostics/src/timer.js
var src_timer = __nccwpck_require__(987);
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
    const onSignal = () => (controller.signal.aborted ? onGraceOver((0,src_failure/* cancelled */.KW)()) : abort((0,src_failure/* cancelled */.KW)()));
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    return {
        signal: controller.signal,
        setDeadline(ms) {
            // Not a reason to live on: a step without work left has no verdict, and must say that at once.
            timers.push(setTimeout(() => abort(deadlineFailure(ms)), (0,src_timer/* timerOf */.p)(ms + DEADLINE_GRACE_MS)).unref());
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
    return new src_failure/* Failure */.HR({
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
    return redactor.redact((0,sanitize/* sanitizeText */.jZ)(redactor.redact(text), limits));
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

// EXTERNAL MODULE: ./packages/diagnostics/src/system.js
var system = __nccwpck_require__(9297);
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

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./packages/runner/src/kept-file.js



/** Path of a file below the runner's temporary folder that no other step uses; the folder is made. */
function keptFile(folder, action, what) {
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
    return (0,external_node_path_.join)(folder, `${action}-${process.pid}-${what}.json`);
}
/** Writes a value as JSON into a file of its own, without secrets, piece by piece, and returns its path. */
function keepJson(what, value, { action, temp, redactor }) {
    const path = keptFile(temp, action, what);
    const file = (0,external_node_fs_.openSync)(path, 'w', 0o600);
    try {
        for (const piece of prettyPieces(value))
            writeAll(file, redactor.redact(piece));
        writeAll(file, '\n');
        return path;
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}
function writeAll(file, text) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;)
        at += (0,external_node_fs_.writeSync)(file, bytes, at);
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
        return `The whole could not be kept: ${(0,src_thrown/* messageOf */.bD)(cause)}`;
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
    const trouble = (0,system/* systemTrouble */.L)(cause);
    return new src_failure/* Failure */.HR({
        kind: trouble?.kind ?? 'config',
        code: 'OUTPUT_FILE',
        what: 'Cannot write the outputs of the step',
        on: `${process.env['GITHUB_OUTPUT']}, the file of GITHUB_OUTPUT`,
        seen: `${trouble?.seen ?? (0,src_thrown/* messageOf */.bD)(cause)}. The work of the step was done before, and stays done`,
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
    (0,external_node_fs_.appendFileSync)(file, `${fitMarkdown(redactor.redact(markdown))}\n`);
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
            log.warn(`${what} could not be written: ${(0,src_thrown/* messageOf */.bD)(cause)}`);
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
    for (const message of (0,src_thrown/* causeChain */.DD)(failure.cause))
        log.info(`caused by: ${message}`);
    if (isDebug() && failure.stack !== undefined)
        log.debug(failure.stack);
    // Each for itself: however much was seen, what to do is said.
    const message = [clean(`${on}\nSeen: ${seen}`, 36), clean(`Do: ${next}`, 4)].join('\n');
    error(message, { title: clean(`${action}: ${what}`, 40) });
}
function endedWithoutVerdict(action) {
    return new src_failure/* Failure */.HR({
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
            world.log.warn(`The report file could not be written: ${(0,src_thrown/* messageOf */.bD)(cause)}`);
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
            return new src_failure/* Failure */.HR({ ...failure.details, cause: failure.cause, outputs });
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

// EXTERNAL MODULE: ./packages/runner/src/undeclared.js + 1 modules
var undeclared = __nccwpck_require__(6942);
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
// EXTERNAL MODULE: ./packages/http/src/create.js + 22 modules
var create = __nccwpck_require__(76);
// EXTERNAL MODULE: ./packages/http/src/validate.wire.js
var validate_wire = __nccwpck_require__(2117);
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
    const http = (0,create/* createHttp */.V)(world, { trustedOrigins: [url.origin] });
    try {
        const { value } = await http.json({
            url,
            headers: { authorization: `Bearer ${token}` },
            what: 'Cannot get an OIDC token from GitHub',
            explain: adviceFor,
        }, (0,validate_wire/* record */.g1)({ value: validate_wire/* string */.Yj }));
        return value;
    }
    finally {
        http.close();
    }
}
function addressOf(text) {
    if (URL.canParse(text))
        return new URL(text);
    throw new src_failure/* Failure */.HR({
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
        return { next: REFUSED };
    return status >= 500 ? { next: TRY_AGAIN } : undefined;
}
const REFUSED = 'Look at `permissions` of the job: it needs `id-token: write`; a run of hours may not ask any more';
const TRY_AGAIN = 'Run the job again; if it stays, look at https://www.githubstatus.com';
function noPermission() {
    return new src_failure/* Failure */.HR({
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
        sleep: (ms) => (0,promises_namespaceObject.setTimeout)((0,src_timer/* timerOf */.p)(ms), undefined, { signal }).catch(() => Promise.reject(signal.reason)),
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
        const inputs = action.inputs.read(readInput, world.mask, (0,undeclared/* namesHandedOn */.ar)(process.env));
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
    const failure = (0,src_thrown/* toFailure */.w2)(thrown);
    if (!signal.aborted || !(signal.reason instanceof src_failure/* Failure */.HR) || failure.kind === signal.reason.kind)
        return failure;
    const { outputs, summary } = failure.details;
    return new src_failure/* Failure */.HR({
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
    return process.env[`INPUT_${(0,undeclared/* handedOnName */.fO)(name)}`] ?? '';
}

// EXTERNAL MODULE: ./actions/wait-argocd-sync/src/inputs.js + 11 modules
var src_inputs = __nccwpck_require__(3481);
;// CONCATENATED MODULE: ./packages/argocd/src/api/turn.js
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

// EXTERNAL MODULE: ./packages/argocd/src/model/application.wire.js
var application_wire = __nccwpck_require__(6959);
// EXTERNAL MODULE: ./packages/argocd/src/model/blocking.js
var blocking = __nccwpck_require__(8957);
// EXTERNAL MODULE: ./packages/argocd/src/model/resource.wire.js
var resource_wire = __nccwpck_require__(5039);
;// CONCATENATED MODULE: ./packages/argocd/src/api/explain.js

/** Argo CD hides what one may not see: 403 means "does not exist, or no right to it". */
function explainFor(application) {
    const { name, project, appNamespace } = application;
    return (response) => {
        const seen = messageIn(response);
        if (response.status === 403) {
            return {
                seen: `${seen} (HTTP 403)`,
                next: `Check that the Application ${name} exists${project === undefined ? ' (give its `project`, then a missing one says so)' : ''}, and grant it: ${policyFor(application, 'get')}`,
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
                next: `Check the name ${name}${project === undefined ? '' : ` and the project ${project}`}; an Application in another namespace than Argo CD's own is found with \`app-namespace\`${appNamespace === undefined ? '' : `, which is ${appNamespace}`}`,
            };
        return undefined;
    };
}
/** The line of the policy; outside of Argo CD's own namespace, which mostly has its default name, objects carry theirs (app-any-namespace). */
function policyFor({ name, project = '<project>', appNamespace }, verb) {
    const isElsewhere = appNamespace !== undefined && appNamespace !== 'argocd';
    return `p, <subject>, applications, ${verb}, ${project}/${isElsewhere ? `${appNamespace}/` : ''}${name}, allow`;
}
/** What keeps Argo CD from beginning a sync: a right, a window, or an operation that runs (server/application Sync). */
function explainSync(application) {
    return (response) => {
        const seen = `${messageIn(response)} (HTTP ${response.status})`;
        if (/blocked by sync window/.test(seen))
            return { seen, kind: 'policy', next: 'Run this step again when the window lets it sync' };
        if (/another operation is already in progress/.test(seen))
            return { seen, kind: 'conflict', next: 'Run this step again when that operation has ended' };
        if (response.status === 403)
            return { seen, next: `Grant it: ${policyFor(application, 'sync')}` };
        return explainFor(application)(response);
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
/** What Argo CD says of its refusal. */
function messageIn({ body, status }) {
    try {
        const answer = (0,resource_wire/* isArgocdError */.RB)(JSON.parse(body.toString('utf8')));
        return answer.message || answer.error || `HTTP ${status}`;
    }
    catch {
        return `HTTP ${status}`;
    }
}

;// CONCATENATED MODULE: ./packages/argocd/src/api/log.js

/** One JSON text on each line (`LogEntry` of application.proto); the last one says only that it is the last. */
function readLog({ body }) {
    const entries = body
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (0,resource_wire/* isLogEntry */.xr)(JSON.parse(line)).result?.content ?? '');
    return entries.join('\n').trim();
}

// EXTERNAL MODULE: ./packages/http/src/events.js
var events = __nccwpck_require__(3243);
;// CONCATENATED MODULE: ./packages/argocd/src/api/stream.js


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
        for await (const { data } of (0,events/* serverSentEvents */.h)(stream.chunks)) {
            const { result } = (0,application_wire/* isStreamEvent */.zE)(JSON.parse(data));
            if (result === undefined)
                return;
            // What a deleted Application was like last is no state of it; the next look says that it is gone.
            if (result.type !== 'DELETED' &&
                (name ?? result.application.metadata.name) === result.application.metadata.name)
                yield result.application;
        }
    }
    finally {
        stream.close();
    }
}

;// CONCATENATED MODULE: ./packages/argocd/src/api/client.js






const REFRESH_TIMEOUT_MS = 30_000;
const LOG_LINES = 20;
/**
 * A list holds every Application whole: `fields` lets through neither the revision nor the conditions nor the version
 * (argo-cd pkg/apiclient/application/forwarder_overwrite.go appFields).
 */
const LIST_BYTES = 128 * 1024 * 1024;
/** The Argo CD API (argo-cd server/application/application.proto over grpc-gateway). */
function createArgocd(http, { url, token }) {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const server = { http, base: url.replace(/\/+$/, ''), headers };
    return { ...callsOfServer(server), ...callsOfApplication(server), ...callsBelow(server) };
}
/** What is no matter of one Application alone. */
function callsOfServer({ http, base, headers, }) {
    return {
        async version() {
            const request = { url: `${base}/api/version`, what: 'Cannot reach Argo CD', explain: explainVersion };
            const answer = await http.json(request, resource_wire/* isVersion */.lF);
            return answer.Version;
        },
        async list(query) {
            const url = withQuery(`${base}/api/v1/applications`, listQuery(query));
            const request = { url, headers, what: 'Cannot list the Applications', maxBytes: LIST_BYTES };
            const { items } = await http.json(request, application_wire/* isApplicationList */.ZG);
            return items;
        },
        applicationSet: (name, namespace) => {
            const at = `${base}/api/v1/applicationsets/${encodeURIComponent(name)}`;
            const url = withQuery(at, { appsetNamespace: namespace });
            return http.json({ url, headers, what: 'Cannot read the ApplicationSet' }, resource_wire/* isApplicationSet */.tj);
        },
        stream: (query, signal) => {
            const url = withQuery(`${base}/api/v1/stream/applications`, listQuery(query));
            return streamOf(http, { url, headers, name: query.name, signal });
        },
    };
}
/** A request about the Application or something below it. */
function about({ base, headers }, application, path = '', query = {}) {
    const { name, project, appNamespace } = application;
    const at = `${base}/api/v1/applications/${encodeURIComponent(name)}${path}`;
    return {
        url: withQuery(at, { project, appNamespace, ...query }),
        headers,
        what: 'Cannot read the Application',
        explain: explainFor(application),
    };
}
function callsOfApplication(server) {
    const { http } = server;
    return {
        get: (application) => http.json(about(server, application), application_wire/* isApplication */.zz),
        refresh: (application, { hard = false } = {}) => {
            const request = about(server, application, '', { refresh: hard ? 'hard' : 'normal' });
            const once = { totalTimeout: REFRESH_TIMEOUT_MS, retries: 0, what: 'Cannot refresh the Application' };
            return http.json({ ...request, ...once }, application_wire/* isApplication */.zz);
        },
        async events(application, node) {
            const query = { resourceUID: node?.uid, resourceName: node?.name, resourceNamespace: node?.namespace };
            const request = { ...about(server, application, '/events', query), what: 'Cannot read the events' };
            const { items } = await http.json(request, resource_wire/* isEventList */.ne);
            return items;
        },
        async blockingWindow(application) {
            const request = { ...about(server, application, '/syncwindows'), what: 'Cannot read the sync windows' };
            const { activeWindows, assignedWindows } = await http.json(request, resource_wire/* isSyncWindows */.BB);
            return (0,blocking/* blockingOf */.N)(activeWindows, assignedWindows);
        },
        async sync(application, { prune }) {
            const { name, project, appNamespace } = application;
            await http.request({
                // Of a POST the server reads the body alone.
                ...about(server, { name }, '/sync'),
                method: 'POST',
                body: { json: { project, appNamespace, prune } },
                what: 'Cannot sync the Application',
                explain: explainSync(application),
                // A second try may find the first one's operation under way.
                retries: 0,
            });
        },
    };
}
/** What Argo CD shows of the objects that an Application made, and of the commits that they come from. */
function callsBelow(server) {
    const { http } = server;
    return {
        commit: (application, revision) => {
            const path = `/revisions/${encodeURIComponent(revision)}/metadata`;
            const request = { ...about(server, application, path), what: 'Cannot read the commit', retries: 0 };
            return http.json(request, resource_wire/* isCommitInfo */.G);
        },
        tree: (application) => {
            const request = {
                ...about(server, application, '/resource-tree'),
                what: 'Cannot read the resource tree',
            };
            return http.json(request, resource_wire/* isResourceTree */.L3);
        },
        resource(application, { group, version, kind, namespace, name }, check) {
            const query = { namespace, resourceName: name, version, group, kind };
            const what = `Cannot read the ${kind} ${name}`;
            // 400: it is no longer part of the Application (argo-cd server/application getAppLiveResource).
            const request = { ...about(server, application, '/resource', query), what, tolerate: [400, 404] };
            return http.json(request, (0,resource_wire/* resourceOf */.KU)(check));
        },
        containerLog: async (application, { pod, namespace, container }) => {
            const path = `/pods/${encodeURIComponent(pod)}/logs`;
            const query = { namespace, container, previous: 'true', tailLines: String(LOG_LINES), follow: 'false' };
            const request = { ...about(server, application, path, query), what: 'Cannot read the log', retries: 0 };
            return readLog(await http.request(request));
        },
    };
}
function listQuery({ name, selector, project, appNamespace }) {
    return { name, selector, projects: project, appNamespace };
}
function withQuery(url, query) {
    const parameters = new URLSearchParams();
    for (const [key, value] of Object.entries(query))
        if (value !== undefined && value !== '')
            parameters.set(key, value);
    return parameters.size === 0 ? url : `${url}?${parameters}`;
}

// EXTERNAL MODULE: ./packages/argocd/src/session/authorized.js
var authorized = __nccwpck_require__(4720);
// EXTERNAL MODULE: ./packages/argocd/src/session/claims.wire.js
var claims_wire = __nccwpck_require__(705);
// EXTERNAL MODULE: ./packages/argocd/src/session/expiry.js
var expiry = __nccwpck_require__(2010);
;// CONCATENATED MODULE: ./packages/argocd/src/session/session.wire.js

/** `POST /api/v1/session` (argo-cd server/session/session.proto). */
const isSession = (0,validate_wire/* record */.g1)({ token: validate_wire/* string */.Yj });
/** `GET /api/v1/session/userinfo`. */
const isUserInfo = (0,validate_wire/* record */.g1)({
    loggedIn: (0,validate_wire/* withDefault */.IQ)(validate_wire/* boolean */.zM, false),
    username: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
});
/** Dex's token endpoint (dexidp/dex server, RFC 8693). */
const isExchanged = (0,validate_wire/* record */.g1)({ access_token: validate_wire/* string */.Yj });
/** RFC 6749, 5.2. */
const isOAuthError = (0,validate_wire/* record */.g1)({
    error: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    error_description: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
});

;// CONCATENATED MODULE: ./packages/argocd/src/session/github-oidc.js


/** The client that Argo CD makes for its own CLI: public, so its secret is empty (argo-cd util/dex/config.go). */
const CLIENT = 'argo-cd-cli';
const BASIC = `Basic ${Buffer.from(`${CLIENT}:`).toString('base64')}`;
/**
 * Has Argo CD's Dex exchange a job's ID token for one of its own (RFC 8693; argo-cd
 * docs/operator-manual/user-management/github-actions.md). Without the scope `federated:id` RBAC would not know the
 * repository.
 */
async function exchange(http, base, options) {
    const { connector, idToken } = options;
    const form = new URLSearchParams({
        // For ways on which Authorization is somebody else's.
        client_id: CLIENT,
        connector_id: connector,
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        scope: 'openid email profile federated:id',
        requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        subject_token: await idToken(),
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    });
    const request = {
        method: 'POST',
        url: `${base}/api/dex/token`,
        headers: { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
        what: "Cannot exchange GitHub's token at Dex",
        idempotent: true,
        explain: explainExchange(connector),
    };
    try {
        const { access_token: token } = await http.json(request, isExchanged);
        return token;
    }
    catch (thrown) {
        const isPage = thrown instanceof src_failure/* Failure */.HR && /^HTTP_LOGIN/.test(thrown.code);
        throw isPage ? (0,src_failure/* withDetails */.FE)(thrown, { next: NO_DEX }) : thrown;
    }
}
const NO_DEX = 'Check that this Argo CD has a Dex (dex.config in argocd-cm); one with an external provider (oidc.config) takes the token of GitHub itself where it trusts it: `oidc-exchange: none`';
function explainExchange(connector) {
    return (response) => {
        const { status } = response;
        const { error, error_description: description } = oauthErrorIn(response);
        const seen = [error, description].filter((part) => part !== '').join(': ') || `HTTP ${status}`;
        if (status === 404 || status === 405)
            return { seen, kind: 'config', next: NO_DEX };
        if (error === 'unsupported_grant_type')
            return {
                seen,
                kind: 'config',
                next: 'Allow the exchange: add urn:ietf:params:oauth:grant-type:token-exchange to oauth2.grantTypes of dex.config in argocd-cm',
            };
        if (/connector does not exist/i.test(description))
            return {
                seen,
                kind: 'config',
                next: `Check \`dex-connector-id\` (${connector}) against the ids in dex.config; Dex also says so of a connector that it cannot open: its issuer has to be written as GitHub does, https://token.actions.githubusercontent.com without a slash at the end`,
            };
        if (error === 'access_denied')
            return {
                seen,
                kind: 'auth',
                next: `Look at the log of argocd-dex-server ("failed to verify subject token"): the connector ${connector} has to be of type oidc with the issuer https://token.actions.githubusercontent.com`,
            };
        if (error === 'invalid_client')
            return {
                seen,
                kind: 'config',
                next: 'Check that nothing in dex.config replaces the static client argo-cd-cli',
            };
        return undefined;
    };
}
function oauthErrorIn({ body }) {
    try {
        return isOAuthError(JSON.parse(body.toString('utf8')));
    }
    catch {
        return { error: '', error_description: '' };
    }
}

;// CONCATENATED MODULE: ./packages/argocd/src/session/managed.js

/**
 * Whether it is the managed Argo CD of EKS, whose endpoints are `<name>-<hash>-<account>.eks-capabilities.<region>.…`
 * (EKS user guide, "Argo CD endpoint URL").
 */
function isManaged(url) {
    return (URL.canParse(url) &&
        /\.eks-capabilities\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(new URL(url).hostname));
}
/** It signs people in by IAM Identity Center, and has neither Dex, local accounts nor an `oidc.config` of its user's. */
function noSuchLogin(url) {
    return new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'ARGOCD_MANAGED_LOGIN',
        what: 'Cannot log in to Argo CD',
        on: new URL(url).host,
        seen: 'the managed Argo CD of EKS has no Dex and takes no password: people come to it by IAM Identity Center',
        next: 'Give `auth: token` with the token of a project role or an account, or without any secret `auth: kubernetes` with `eks-cluster`: the hub cluster, in which its Applications are',
    });
}
/** Where its rights stand: no ConfigMap is in reach, and the three roles of `rbacRoleMapping` say little of Applications. */
const MANAGED_PLACE = ' (in a role of its AppProject: the managed Argo CD of EKS has no argocd-rbac-cm, and only ADMIN of its `rbacRoleMapping` sees Applications without such a role)';

;// CONCATENATED MODULE: ./packages/argocd/src/session/password.js


/** Logs a local account in; the token lives 24 hours unless `users.session.duration` says otherwise. */
async function login(http, base, { username, password }) {
    const { token } = await http.json({
        method: 'POST',
        url: `${base}/api/v1/session`,
        body: { json: { username, password } },
        what: 'Cannot log in to Argo CD',
        // It changes nothing, so it may be asked again.
        idempotent: true,
        explain: explainLogin(username),
    }, isSession);
    return token;
}
/** One sentence for a wrong password, a locked account and too many logins at once (argo-cd util/session). */
function explainLogin(username) {
    return (response) => {
        if (response.status !== 401 && response.status !== 400)
            return undefined;
        const seen = messageIn(response);
        const next = /is disabled|capability/.test(seen)
            ? `Switch the account ${username} on and give it the capability \`login\` (accounts.${username}: login in argocd-cm)`
            : `Check username and password of ${username}: an account of Argo CD itself, not of its SSO. After 5 wrong logins Argo CD says the same to the right password for 5 minutes; better is an API token, or \`auth: github-oidc\``;
        return { seen, next };
    };
}

;// CONCATENATED MODULE: ./packages/argocd/src/session/token-source.js


/** One that the user gave: there is no other. */
function fixedToken(token) {
    return { token: async () => token, renew: async () => false };
}
/** Requests that are under way may take a while; of a short life (GitHub's five minutes) a quarter is kept. */
const RENEWED_BEFORE_MS = 2 * 60_000;
/**
 * Tokens that can be had again: the first when it is needed, the next before that one expires, each masked before it is
 * handed on. Where a new one cannot be had the old one is good until it ends.
 * @param mint gets one from the server
 */
function renewedToken(world, mint) {
    let last;
    let minting;
    const fresh = () => {
        minting ??= mint()
            .then((token) => {
            world.mask(token);
            last = minted(token, world.now());
            return token;
        })
            .finally(() => {
            minting = undefined;
        });
        return minting;
    };
    return {
        async token() {
            const now = world.now();
            if (last === undefined || now >= last.expiresAt)
                return fresh();
            if (now < last.renewAt)
                return last.token;
            const { token } = last;
            return fresh().catch((error) => {
                world.log.debug(`The login to Argo CD could not be renewed yet: ${(0,src_thrown/* messageOf */.bD)(error)}`);
                return token;
            });
        },
        async renew(refused) {
            if (last?.token === refused)
                await fresh();
            return true;
        },
    };
}
function minted(token, now) {
    const expiresAt = (0,claims_wire/* readClaims */.I)(token)?.expiresAt ?? Number.POSITIVE_INFINITY;
    const kept = Math.min(RENEWED_BEFORE_MS, (expiresAt - now) / 4);
    return { token, expiresAt, renewAt: expiresAt === Number.POSITIVE_INFINITY ? expiresAt : expiresAt - kept };
}

;// CONCATENATED MODULE: ./packages/argocd/src/session/sign-in.js










/**
 * Argo CD's API with a login, which is made when it is first needed and renewed as long as that can be done. Its version
 * is asked without one: so a login page is told from Argo CD before a secret is sent.
 * @throws Failure `config` for a login that the managed Argo CD of EKS does not have
 */
function signIn(world, http, { url, credentials, carrier = authorized/* bearer */.CM, deadline }) {
    const base = url.replace(/\/+$/, '');
    if (isManaged(base) && credentials.kind !== 'token')
        throw noSuchLogin(base);
    const source = sourceOf(world, http, base, credentials);
    if (credentials.kind === 'token')
        (0,expiry/* warnOfExpiry */.b)(world, { token: credentials.token, what: 'The token of Argo CD', deadline, next: LONGER });
    const client = (0,authorized/* authorized */.wL)(http, source, carrier, async (failure) => {
        if ((0,authorized/* isRefusal */.vu)(failure, 401))
            return toldOfEnd(world, failure, await source.token());
        if (!(0,authorized/* isRefusal */.vu)(failure, 403))
            return failure;
        const subject = await subjectOf(http, base, source, carrier);
        return subject === undefined
            ? failure
            : (0,authorized/* toldWith */.mC)(subject, failure, isManaged(base) ? MANAGED_PLACE : undefined);
    });
    return { ...createArgocd(client, { url: base }), version: createArgocd(http, { url: base }).version };
}
function sourceOf(world, http, base, credentials) {
    switch (credentials.kind) {
        case 'token':
            return fixedToken(credentials.token);
        case 'password':
            return renewedToken(world, () => login(http, base, credentials));
        case 'dex':
            return renewedToken(world, () => exchange(http, base, credentials));
        case 'id-token':
            return renewedToken(world, credentials.idToken);
    }
}
/** Who we are for RBAC: what Argo CD says, else what the token does. */
async function subjectOf(http, base, source, carrier) {
    const token = await source.token();
    const request = {
        url: `${base}/api/v1/session/userinfo`,
        headers: carrier(token),
        what: 'Cannot ask Argo CD who we are',
    };
    const info = await http.json(request, isUserInfo).catch(() => undefined);
    return info?.username || (0,claims_wire/* readClaims */.I)(token)?.subject || undefined;
}
function toldOfEnd({ now }, failure, token) {
    const end = (0,claims_wire/* readClaims */.I)(token)?.expiresAt;
    if (end === undefined || end > now())
        return failure;
    return (0,src_failure/* withDetails */.FE)(failure, {
        seen: `${failure.details.seen}; the token expired at ${(0,expiry/* timeOf */.n)(end)}`,
        next: LONGER,
    });
}
const LONGER = 'Make one that lives longer (`argocd account generate-token --expires-in`, `argocd proj role create-token`), or use `auth: github-oidc`, which renews itself';

// EXTERNAL MODULE: ./packages/runner/src/ca-cert.js
var ca_cert = __nccwpck_require__(4195);
;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/access/connect.js



/**
 * Argo CD by the way that the inputs name: its own API server, that one behind the service proxy of the Kubernetes API, or
 * the Kubernetes API alone. What speaks to clusters is loaded only where one is asked.
 */
async function connect(inputs, world) {
    const deadline = world.now() + inputs.timeout;
    if (inputs.auth === 'kubernetes') {
        const { connectCore } = await Promise.all(/* import() */[__nccwpck_require__.e(483), __nccwpck_require__.e(762)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6762));
        return connectCore(inputs, world, deadline);
    }
    const options = {
        caCert: await (0,ca_cert/* readCaCert */.Z)(inputs.caCert, world.context.workspace),
        headers: Object.fromEntries(inputs.extraHeaders),
        requestTimeout: inputs.requestTimeout,
        deadline,
    };
    if (inputs.serviceProxy !== undefined) {
        const { openProxy } = await Promise.all(/* import() */[__nccwpck_require__.e(483), __nccwpck_require__.e(211)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2211));
        const { http, url } = await openProxy(inputs, world, options, inputs.serviceProxy);
        return signIn(world, http, {
            url,
            credentials: credentialsOf(inputs, world, url),
            carrier: authorized/* cookie */.lR,
            deadline,
        });
    }
    const { url = '' } = inputs;
    const http = (0,create/* createHttp */.V)(world, { ...options, trustedOrigins: [url] });
    return signIn(world, http, { url, credentials: credentialsOf(inputs, world, url), deadline });
}
/** @param url of Argo CD: the audience that GitHub's token is for, unless another is given */
function credentialsOf(inputs, { idToken }, url) {
    const { auth, token = '', username = '', password = '', oidcAudience, oidcExchange, dexConnectorId, } = inputs;
    if (auth === 'password')
        return { kind: 'password', username, password };
    if (auth !== 'github-oidc')
        return { kind: 'token', token };
    const ask = () => idToken(oidcAudience ?? inputs.url ?? url);
    return oidcExchange === 'none'
        ? { kind: 'id-token', idToken: ask }
        : { kind: 'dex', connector: dexConnectorId, idToken: ask };
}

// EXTERNAL MODULE: ./packages/argocd/src/model/source.js
var model_source = __nccwpck_require__(4555);
// EXTERNAL MODULE: ./actions/wait-argocd-sync/src/revision.js
var src_revision = __nccwpck_require__(4109);
;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/history/source.js



/**
 * The source that the revision belongs to: a commit to one in Git, a version or a digest to a chart or an artifact. Of
 * several of one repository it is the one that follows the branch: others may be pinned to a tag, and never come to the
 * commit.
 * @throws Failure `config` where this revision can never become live, or the inputs leave open of which source it is
 */
function source_sourceOf(application, asked) {
    const { revision } = asked;
    return revision === undefined || (0,model_source/* isCommit */.WM)(revision)
        ? gitSourceOf(application, asked)
        : packageOf(application, asked, revision);
}
function gitSourceOf(application, asked) {
    const { repository, branch } = asked;
    const sources = (0,model_source/* selectSources */.nn)(application, repository);
    const [source] = sources;
    if (source === undefined)
        throw refuse(asked, {
            what: 'The Application deploys from another repository',
            seen: repository === undefined ? 'it has no Git source' : `none of its Git sources is ${repository}`,
            next: 'Check the inputs `application` and `repository`: this commit can never become live there',
        });
    const others = sources.filter((other) => !(0,model_source/* isSameRepository */.ve)(other.source.repoURL, source.source.repoURL));
    if (others.length === 0)
        return sources.find((one) => follows(one, branch)) ?? source;
    throw leftOpen(asked, [source, ...others]);
}
function packageOf(application, asked, revision) {
    const packages = (0,model_source/* selectPackages */.AP)(application, asked.repository);
    const [first, ...others] = packages;
    if (first === undefined)
        throw refuse(asked, {
            what: 'The revision is no commit',
            seen: `revision: got ${JSON.stringify(revision)}, and ${asked.repository === undefined ? 'the Application has no source that is a chart or an artifact' : `no chart and no artifact of the Application is from ${asked.repository}`}`,
            next: `Give ${src_revision/* COMMIT_WANTED */.o}`,
        });
    if (others.length === 0)
        return first;
    const named = packages.filter(({ source }) => source.targetRevision === revision);
    const [one] = named;
    if (one !== undefined && named.length === 1)
        return one;
    throw leftOpen(asked, packages);
}
function leftOpen(asked, sources) {
    const urls = sources.map(({ source }) => [source.repoURL, source.chart].filter(Boolean).join(' '));
    return refuse(asked, {
        what: 'Which source of the Application the revision belongs to is not said',
        seen: `it deploys from ${urls.join(' and ')}`,
        next: 'Give the input `repository`',
    });
}
function refuse({ application }, parts) {
    return new src_failure/* Failure */.HR({ kind: 'config', code: 'ARGOCD_SOURCE', on: `Application ${application}`, ...parts });
}
/** Whether commits on the branch come to the source; HEAD and '' stand for the default branch, whatever that is. */
function follows({ source: { targetRevision } }, branch) {
    return ['', 'HEAD', branch, `refs/heads/${branch}`].includes(targetRevision);
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/check.js



/**
 * Whether a commit on the branch would be synced now, by Argo CD itself or by the wait that `sync` stands for, said before
 * there is one. Pure.
 * @throws Failure `config` | `policy` for the first of them where no commit of this branch would become live
 */
function checkApplications(all, asked) {
    for (const checked of all)
        assertReady(checked, { ...asked, application: checked.application.metadata.name });
    const [first] = all;
    const status = first?.application.status;
    const items = all.map(({ application, link }) => {
        const { sync, health } = application.status;
        const seen = { 'sync-status': sync.status, 'health-status': health.status };
        return { name: application.metadata.name, result: 'ready', ...seen, url: link };
    });
    return {
        outputs: {
            result: 'ready',
            'sync-status': status?.sync.status ?? '',
            'health-status': status?.health.status ?? '',
            url: first?.link ?? '',
            applications: { total: all.length, counts: { ready: all.length }, items },
        },
        summary: all.map((checked) => readyLine(checked, asked)).join('\n'),
    };
}
function readyLine({ application, turn, link }, { branch, revision, sync }) {
    const what = revision === undefined || (0,model_source/* isCommit */.WM)(revision) ? `commits of ${inlineCode(branch)}` : inlineCode(revision);
    const name = escapeMarkdown(application.metadata.name);
    const bySelf = turn !== undefined || syncsByItself(application);
    const verdict = bySelf
        ? `syncs ${what} by itself`
        : `takes ${what} from a sync that the wait starts (\`sync: ${sync}\`)`;
    return `## ✅ ${name} ${verdict}\n${link === '' ? '' : `\n[Application](${link})\n`}`;
}
function assertReady({ application, blocking, turn }, asked) {
    const source = source_sourceOf(application, asked);
    if (source.kind === 'helm' || source.kind === 'oci')
        assertTakes(source, asked);
    else
        assertFollows(application, asked);
    if (turn === undefined)
        assertIsSynced(application, asked);
    if (blocking !== undefined)
        throw closedWindow(blocking, asked);
}
/** A tag or a commit never moves. */
function assertFollows(application, { application: name, repository, branch }) {
    const sources = (0,model_source/* selectSources */.nn)(application, repository);
    if (sources.some((source) => follows(source, branch)))
        return;
    const followed = sources.map(({ source }) => source.targetRevision);
    throw new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'ARGOCD_BRANCH',
        what: 'The Application does not follow the branch',
        on: `Application ${name}`,
        seen: `it follows ${followed.join(' and ')}, not ${branch}`,
        next: 'Check the inputs `application` and `branch`, and targetRevision of the Application',
    });
}
/** A chart or an artifact is followed by its version: the wanted one, a range, or whatever is the newest. */
function assertTakes({ source: { targetRevision } }, { application: name, revision }) {
    if (targetRevision === '' || targetRevision === revision || (0,model_source/* isRange */._Z)(targetRevision))
        return;
    throw new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'ARGOCD_BRANCH',
        what: 'The Application does not follow the revision',
        on: `Application ${name}`,
        seen: `its targetRevision is ${targetRevision}, not ${revision}`,
        next: 'Check the inputs `application` and `revision`, and targetRevision of the Application',
    });
}
function assertIsSynced(application, { application: name, sync }) {
    if (sync !== 'never' || syncsByItself(application))
        return;
    throw new src_failure/* Failure */.HR({
        kind: 'policy',
        code: 'ARGOCD_AUTO_SYNC_OFF',
        what: 'The Application does not sync by itself',
        on: `Application ${name}`,
        seen: 'automated sync is off: a commit would wait for somebody to sync it by hand',
        next: 'Switch automated sync on (syncPolicy.automated), or have the wait sync it: `sync: if-needed` there and here',
    });
}
function closedWindow({ kind, schedule, duration }, { application: name }) {
    return new src_failure/* Failure */.HR({
        kind: 'policy',
        code: 'ARGOCD_WINDOW',
        what: 'The Application may not sync now',
        on: `Application ${name}`,
        seen: `a sync window keeps it from syncing (${kind} ${schedule}, ${duration})`,
        next: 'Run this step again when the window lets it sync',
        retryable: true,
    });
}

// EXTERNAL MODULE: ./packages/text/src/expected.js
var expected = __nccwpck_require__(9235);
;// CONCATENATED MODULE: ./packages/git/src/remote-url.js

const WANT = 'https://host/path, ssh://git@host/path or git@host:path, without a password in it';
const SCP = /^(?:([A-Za-z0-9_][A-Za-z0-9_.-]*)@)?([A-Za-z0-9][A-Za-z0-9.-]*):(?!\/\/)([A-Za-z0-9_~/][\w.~/+-]*)$/;
/**
 * Reads the URL of a remote repository. Only http(s) and ssh: `ext::`, `file:` and local paths run commands
 * or read files of the machine (CVE-2022-39253 and its kin). A password in a URL ends up in logs and argv,
 * so it is refused, and so is a backslash, at which URL ends the host and git does not.
 * @throws Expected
 */
function parseRemoteUrl(text) {
    const [, , host = '', path = ''] = SCP.exec(text) ?? [];
    if (host !== '')
        return { protocol: 'ssh', url: text, host, path: trimPath(path) };
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || /[\s\\\u0000-\u001f\u007f]/.test(text))
        throw new expected/* Expected */.j(WANT);
    const isPlain = url.password === '' && url.search === '' && url.hash === '' && /^\/[^/-]/.test(url.pathname);
    if (!isPlain || /^-/.test(url.hostname))
        throw new expected/* Expected */.j(WANT);
    if (url.protocol === 'ssh:')
        return { protocol: 'ssh', url: text, host: url.host, path: trimPath(url.pathname) };
    if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '')
        throw new expected/* Expected */.j(WANT);
    return { protocol: 'http', url: text, origin: url.origin, host: url.host, path: trimPath(url.pathname) };
}
/** Whether nobody between here and the server reads along: https, or http that stays on this machine. */
function isPrivateWay({ origin }) {
    const { protocol, hostname } = new URL(origin);
    return protocol === 'https:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
/** `owner/name` without the slashes and the `.git` around it. */
function trimPath(path) {
    return path
        .replace(/^\/+/, '')
        .replace(/\/+$/, '')
        .replace(/\.git$/, '');
}

// EXTERNAL MODULE: ./packages/http/src/address.js + 1 modules
var address = __nccwpck_require__(9216);
;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/history/git-host.js


/**
 * The repository of the input `repository`; or, where none is given, the one that the Application names, without our
 * token: who may write an Application could send it anywhere. Undefined where that is no place to go to for a name that a
 * server gave.
 */
function gitHostOf(inputs, repoURL, context) {
    const { repository, repositoryToken } = inputs;
    if (repository === undefined)
        return hostOfSource(repoURL, context);
    const isName = /^[\w.-]+\/[\w.-]+$/.test(repository);
    const remote = parseRemoteUrl(isName ? `${context.serverUrl}/${repository}.git` : repository);
    const credential = repositoryToken === undefined ? { kind: 'anonymous' } : { kind: 'token', token: repositoryToken };
    return { remote, credential, api: apiOf(remote, context, repositoryToken) };
}
function hostOfSource(repoURL, context) {
    const remote = parsed(repoURL);
    if (remote?.protocol !== 'http')
        return undefined;
    const isOwn = remote.origin === new URL(context.serverUrl).origin;
    const { protocol, hostname } = new URL(remote.url);
    if (!isOwn && (protocol !== 'https:' || (0,address/* isSpecialHost */.E8)(hostname)))
        return undefined;
    return { remote, credential: { kind: 'anonymous' }, api: apiOf(remote, context, undefined) };
}
/** A repository of GitHub is public to read over https, however the Application spells it. */
function parsed(repoURL) {
    const ssh = /^(?:ssh:\/\/)?git@github\.com[:/](.+)$/.exec(repoURL)?.[1];
    try {
        return parseRemoteUrl(ssh === undefined ? repoURL : `https://github.com/${ssh}`);
    }
    catch {
        return undefined;
    }
}
/** The API of the server that the workflow runs on, or of github.com. */
function apiOf({ host, path }, { serverUrl, apiUrl }, token) {
    if (!/^[^/]+\/[^/]+$/.test(path))
        return undefined;
    const own = new URL(serverUrl).host;
    const isOwnApi = [own, `api.${own}`].includes(new URL(apiUrl).host);
    if (host === own && isOwnApi)
        return { url: `${apiUrl}/repos/${path}`, token };
    return host === 'github.com' ? { url: `https://api.github.com/repos/${path}`, token } : undefined;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(1692);
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
    throw new src_failure/* Failure */.HR({
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
    throw new src_failure/* Failure */.HR({
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
    return (0,external_node_path_.basename)(file).replace(/\.(exe|cmd|bat)$/i, '');
}
function candidates(file, cwd, env) {
    if ((0,external_node_path_.isAbsolute)(file))
        return withExtensions(file, env);
    if (file.includes('/') || file.includes(external_node_path_.sep))
        return withExtensions((0,external_node_path_.resolve)(cwd ?? '.', file), env);
    const path = env['PATH'] ?? env['Path'] ?? '';
    // An empty entry means the current directory, in which a repository may have put anything.
    const folders = path.split(external_node_path_.delimiter).filter((folder) => (0,external_node_path_.isAbsolute)(folder));
    return folders.flatMap((folder) => withExtensions((0,external_node_path_.join)(folder, file), env));
}
function withExtensions(path, env) {
    if (process.platform !== 'win32')
        return [path];
    const extensions = (env['PATHEXT'] ?? '.COM;.EXE').split(';');
    return [path, ...extensions.map((extension) => `${path}${extension}`)];
}
function isProgram(path) {
    try {
        (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
    }
    catch {
        return false;
    }
    return look(path)?.isFile() === true;
}
/** Undefined for what is not there, or cannot be looked at. */
function look(path) {
    try {
        return (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false });
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
    return new src_failure/* Failure */.HR({
        kind: own?.kind ?? 'internal',
        code: own?.code ?? 'COMMAND_FAILED',
        what: command.what,
        on: nameOf(command),
        seen: own?.seen ?? `exit code ${result.exitCode}${said === '' ? ' and no message' : `: ${said}`}`,
        next: own?.next ?? `Read what ${programName(command.file)} says above`,
    });
}
function explainSignal(command, signal) {
    return new src_failure/* Failure */.HR({
        kind: 'internal',
        code: 'COMMAND_KILLED',
        what: command.what,
        on: nameOf(command),
        seen: `it was ended by ${signal ?? 'a signal'}`,
        next: 'Look at the memory of the runner: the kernel ends what uses too much',
    });
}
function explainTimeout(command, stderr) {
    const said = tail(stderr);
    return new src_failure/* Failure */.HR({
        kind: 'timeout',
        code: 'COMMAND_TIMEOUT',
        what: command.what,
        on: nameOf(command),
        seen: `it had not ended after ${(command.timeout ?? 0) / 1000} s${said === '' ? '' : `; its last words: ${said}`}`,
        next: 'Run the step again; if it stays, look at what it waits for',
    });
}
/** How a step ends whose signal aborted: as the signal's reason says where that is a failure of its own. */
function asCancelled(reason) {
    return reason instanceof src_failure/* Failure */.HR ? reason : (0,src_failure/* cancelled */.KW)(reason);
}
/** The last lines of an output on one line: programs say what matters last. */
function tail(output) {
    const lines = output
        .slice(-8_192)
        .split(/[\r\n]+/)
        .filter((line) => line.trim() !== '');
    const last = (0,sanitize/* sanitizeText */.jZ)(lines.slice(-TAIL_LINES).join('\n'), { maxLineLength: TAIL_LENGTH });
    return last
        .split('\n')
        .map((line) => line.trim())
        .join(' / ');
}
function nameOf({ on, file }) {
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
    return (0,external_node_fs_.readdirSync)('/proc').some((pid) => /^\d+$/.test(pid) && isRunningIn(group, pid));
}
/** proc_pid_stat(5): `pid (name) state ppid pgrp …`, where the name may hold anything. */
function isRunningIn(group, pid) {
    try {
        const stat = (0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'latin1');
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
        await (0,promises_namespaceObject.setTimeout)(LOOK_INTERVAL);
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
const LONGEST_LINE = 16 * 1024;
/**
 * Output of a child as sanitized lines. A carriage return ends a line too, as progress bars use it; bytes that are
 * not UTF-8 show as U+FFFD.
 */
function createLineSplitter(onLine) {
    const decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
    let rest = '';
    const emit = (line) => {
        if (line !== '')
            onLine((0,sanitize/* sanitizeLine */.g$)(line));
    };
    const take = (text) => {
        const lines = `${rest}${text}`.split(/\r\n|\n|\r/);
        rest = lines.pop() ?? '';
        for (const line of lines)
            emit(line);
        while (rest.length > LONGEST_LINE) {
            emit(rest.slice(0, LONGEST_LINE));
            rest = rest.slice(LONGEST_LINE);
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
    return new src_failure/* Failure */.HR({
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
    const exited = settle(child, () => stop()).finally(() => {
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
        throw new src_failure/* Failure */.HR({
            kind: 'config',
            code: 'PROGRAM_NOT_STARTED',
            what: command.what,
            on: programName(command.file),
            seen: `it could not be started: ${(0,src_thrown/* messageOf */.bD)(error)}`,
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
async function settle(child, stop) {
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
    const timer = command.timeout === undefined ? undefined : setTimeout(onTimeout, (0,src_timer/* timerOf */.p)(command.timeout));
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
        ...sshEnvironment(options),
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
/**
 * Git matches the origin only once, with the URL of the remote: it goes on with the header to wherever a redirect has led
 * its first request. So no redirect is followed with a token, nor what a server of plain files says of objects elsewhere
 * (`info/http-alternates`), which git takes for a redirect, too.
 */
function credentialConfig(access, mask) {
    if (access.kind !== 'token')
        return [];
    const basic = Buffer.from(`${access.user}:${access.token}`).toString('base64');
    mask(basic);
    return [
        [`http.${access.origin}/.extraheader`, `Authorization: Basic ${basic}`],
        ['http.followRedirects', 'false'],
    ];
}
/**
 * Of the machine nothing takes part: ssh looks for keys and hosts in the account's own home, whatever HOME says. A server
 * that is silent for as long as a transfer may stand still is given up.
 */
function sshEnvironment({ access, requestTimeout }) {
    if (access.kind !== 'ssh')
        return {};
    const seconds = Math.max(1, Math.ceil(requestTimeout / 1_000));
    const options = [
        'BatchMode=yes',
        'StrictHostKeyChecking=yes',
        'IdentitiesOnly=no',
        'IdentityFile=none',
        `UserKnownHostsFile="${access.knownHostsFile.replaceAll("'", "'\\''")}"`,
        'GlobalKnownHostsFile=/dev/null',
        `ConnectTimeout=${seconds}`,
        `ServerAliveInterval=${Math.ceil(seconds / 2)}`,
        'ServerAliveCountMax=1',
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
/** Of this machine; a server whose own is full says so behind `remote: `. */
const DISK_FULL = {
    seen: /^(?!remote: ).*(?:No space left on device|Out of diskspace|Disk quota exceeded)/m,
    kind: 'quota',
    code: 'DISK_FULL',
    next: 'Free space on the disk of the runner, where RUNNER_TEMP is, or take a larger one',
};
/** In the order in which they are looked for: the first that matches says what it was. */
const EXPLANATIONS = [
    DISK_FULL,
    {
        seen: /Permission denied \(publickey/,
        kind: 'auth',
        code: 'GIT_AUTH',
        next: 'The server knows no such key: add the public half of `ssh-key` as a deploy key of that repository, with write access',
    },
    {
        seen: /Authentication failed|could not read (?:Username|Password)|error: 401|Invalid username or (?:token|password)/,
        kind: 'auth',
        code: 'GIT_AUTH',
        next: `The token is missing, wrong or expired. ${TOKEN_ADVICE}`,
    },
    {
        seen: /error: 407|Proxy Authentication Required/,
        kind: 'config',
        code: 'GIT_PROXY',
        next: 'Correct the user and password in HTTPS_PROXY',
    },
    {
        seen: /deploy key.*(?:read.?only|not allowed to push|cannot push)|marked as read only/i,
        kind: 'auth',
        code: 'GIT_FORBIDDEN',
        next: 'Make the key a deploy key with write access; one that may only read is taken off first',
    },
    {
        seen: /error: 403|denied to |Write access to repository not granted/i,
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
        next: `Correct \`repository\`; a private one is also "not found" for a token or key without rights. ${TOKEN_ADVICE}`,
    },
    {
        seen: /error: 30[12378]\b/,
        kind: 'config',
        code: 'GIT_REDIRECT',
        next: 'Give the address that it leads to: often the same with `.git` at its end, or the new name of the repository. A token is not sent along to another address',
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
/** The same for a command that does not talk to the server; undefined for what only git itself can say. */
function explainLocal(stderr) {
    return DISK_FULL.seen.test(stderr) ? DISK_FULL : undefined;
}
/** What has no explanation is the trouble of the server or the network. */
const PASSING = {
    kind: 'upstream',
    code: 'GIT_UPSTREAM',
    next: 'Run the job again; if it stays, look at the state of the git server',
};
/** Lines that say something: of git, and of the server through it. */
const SAYING = /^(?:remote: |fatal: |error: |! |ssh: |ERROR: )/;
/** And of ssh, whose lines have no mark in front. */
const SSH_SAYING = /Permission denied \(|^Host key verification failed|host key is known|HOST IDENTIFICATION HAS CHANGED|^kex_exchange_identification: |^Connection .*(?:closed|reset|timed out)|^Timeout, server /;
/** The lines of git's stderr that say what went wrong, as one line. */
function lastWords(stderr) {
    const lines = (0,sanitize/* sanitizeText */.jZ)(stderr, { maxLines: 100, maxLineLength: 300 })
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => (SAYING.test(line) || SSH_SAYING.test(line)) && !/^remote:\s*$|failed to push some refs/.test(line));
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
 * @throws Failure GIT_SSH_KEY when it is no key, or has a passphrase; GIT_SSH_AGENT where no agent can listen
 */
async function startSshAgent(world, { directory, privateKey, knownHosts }) {
    const agentSocket = (0,external_node_path_.join)(directory, 'agent');
    const knownHostsFile = (0,external_node_path_.join)(directory, 'known_hosts');
    await (0,promises_.writeFile)(knownHostsFile, `${knownHosts.trim()}\n`);
    const env = childEnv(world.env, { SSH_AUTH_SOCK: agentSocket });
    const listening = Promise.withResolvers();
    const complaints = [];
    const agent = await startTree(world, {
        what: 'Cannot hold the SSH key',
        file: 'ssh-agent',
        args: ['-D', '-a', agentSocket],
        env,
        // It says where it listens, as a shell would read it; what goes wrong before it says elsewhere.
        onLine: (line, output) => (output === 'stdout' ? listening.resolve(true) : complaints.push(line)),
    });
    const stop = async () => void (await agent.stop());
    try {
        const isListening = await Promise.race([listening.promise, agent.exited.then(() => false)]);
        if (!isListening && !world.signal.aborted)
            throw notListening(agentSocket, complaints);
        await addKey(world, env, privateKey);
    }
    catch (error) {
        await stop();
        throw error;
    }
    return { access: { kind: 'ssh', agentSocket, knownHostsFile }, stop };
}
/** Its socket's path may be too long (unix(7): 107 bytes), or the folder one of a file system without sockets. */
function notListening(socket, complaints) {
    return new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'GIT_SSH_AGENT',
        what: 'Cannot hold the SSH key',
        on: socket,
        seen: complaints.join(' ') || 'ssh-agent ended at once and said nothing',
        next: 'The key is held behind a socket in RUNNER_TEMP: let that be a local folder with a short path',
    });
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
    const directory = await (0,promises_.mkdtemp)((0,external_node_path_.join)(options.temp, 'gitops-'));
    let agent;
    const close = async () => {
        await agent?.stop();
        await (0,promises_.rm)(directory, { recursive: true, force: true });
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
        explain: ({ stderr }) => {
            const known = isRemote ? (explainRemote(stderr) ?? PASSING) : explainLocal(stderr);
            return known && { ...known, seen: lastWords(stderr) };
        },
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
    const file = (0,external_node_path_.join)(directory, 'trusted.pem');
    await (0,promises_.writeFile)(file, [...(0,external_node_tls_.getCACertificates)('default'), caCert].join('\n'));
    return file;
}

;// CONCATENATED MODULE: ./packages/git/src/fetch-commit.js

/**
 * Brings one commit, alone where the server gives out commits by their SHA, otherwise with the whole history of every
 * branch and tag.
 * @param commit 40 or 64 hexadecimal digits
 * @throws Failure `not-found` where the server does not have it
 */
async function fetchCommit(repository, commit, { what, next }) {
    const options = ['fetch', '--quiet', '--no-recurse-submodules'];
    const alone = [...options, '--no-tags', '--depth=1', '--end-of-options', 'origin', commit];
    const { exitCode } = await repository.attempt({ what, args: alone, isRemote: true });
    if (exitCode === 0)
        return;
    const all = [...options, '--tags', '--end-of-options', 'origin', '+refs/heads/*:refs/remotes/origin/*'];
    await repository.run({ what, args: all, isRemote: true });
    const args = ['cat-file', '-e', `${commit}^{commit}`];
    if ((await repository.attempt({ what, args })).exitCode === 0)
        return;
    throw new src_failure/* Failure */.HR({
        kind: 'not-found',
        code: 'GIT_COMMIT',
        what,
        on: `${repository.remote.path} on ${repository.remote.host}`,
        seen: `no branch and no tag of it contains the commit ${commit}`,
        next,
    });
}

;// CONCATENATED MODULE: ./packages/git/src/tree-entry.js
const KINDS = {
    '100644': 'file',
    '100755': 'file',
    '120000': 'symlink',
    '160000': 'submodule',
    '040000': 'folder',
};
/** Undefined for a mode that git does not write. */
function entryKind(mode) {
    return KINDS[mode];
}
/** The entry of exactly that path. Nothing is followed: below a symlink or a submodule there is nothing. */
async function readEntry(repository, commit, path) {
    return (await readEntries(repository, commit, [path])).get(path);
}
/** The entries of exactly these paths, those that there are; as {@link readEntry}, all by one process. */
async function readEntries(repository, commit, paths) {
    const args = ['ls-tree', '-z', '--full-tree', commit, '--', ...paths];
    const { stdout } = await repository.run({ what: 'Cannot read the tree', args });
    const wanted = new Set(paths);
    const entries = new Map();
    for (const line of stdout.split('\0')) {
        const [, mode = '', oid = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
        const kind = KINDS[mode];
        if (kind !== undefined && wanted.has(path))
            entries.set(path, { kind, mode, oid });
    }
    return entries;
}
/** The bytes of a blob; a partial clone asks the server for it now. */
async function readBlob(repository, oid) {
    const args = ['cat-file', 'blob', oid];
    const { stdoutBytes } = await repository.run({ what: 'Cannot read the file', args, isRemote: true });
    return stdoutBytes;
}
/**
 * Brings blobs that are about to be read by one request: reading them one by one, a partial clone makes one for each. As
 * git itself does it (fetch_objects in promisor-remote.c); a server that gives out no single objects has sent them before.
 */
async function bringBlobs(repository, oids) {
    const alone = ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--quiet', '--no-tags'];
    const options = ['--no-write-fetch-head', '--no-recurse-submodules', '--filter=blob:none'];
    const args = [...alone, ...options, '--end-of-options', 'origin', ...new Set(oids)];
    await repository.attempt({ what: 'Cannot read the files', args, isRemote: true });
}

;// CONCATENATED MODULE: ./packages/git/src/checkout.js



const checkout_ANY_EXIT = Array.from({ length: 256 }, (_, code) => code);
/** Bytes. The names of a million files. */
const checkout_MAX_OUTPUT = 256 * 2 ** 20;
/**
 * The Git repository that a folder lies in, to be read: hooks and file system monitors of its configuration stay off,
 * and nothing is fetched. It may belong to another user than this process, as in a container of a job.
 * @param folder absolute path
 * @throws Failure `config` where the folder is in none
 */
async function openCheckout(world, folder) {
    const checkout = createCheckout(world, folder);
    const { exitCode, stdout } = await checkout.attempt({
        what: 'Cannot look for a Git repository',
        args: ['rev-parse', '--show-prefix'],
    });
    if (exitCode === 0)
        return { checkout, prefix: stdout.replace(/\/?\n$/, '') };
    throw new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'GIT_NO_REPOSITORY',
        what: 'Cannot read the Git repository',
        on: folder,
        seen: 'the folder is in no Git repository',
        next: 'Check it out with actions/checkout before this step; its download without git has no history',
    });
}
/** The URL that the checkout was made from, as its configuration has it; undefined where it has none. */
async function readOrigin(checkout) {
    const { exitCode, stdout } = await checkout.attempt({
        what: 'Cannot read the Git repository',
        args: ['config', '--get', 'remote.origin.url'],
    });
    return exitCode === 0 ? stdout.trim() : undefined;
}
function createCheckout(world, directory) {
    const env = childEnv(world.env, {
        LC_ALL: 'C',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_NO_LAZY_FETCH: '1',
        GIT_NO_REPLACE_OBJECTS: '1',
        ...configEnvironment([...SAFE_CONFIG, ['safe.directory', '*']]),
    });
    const start = ({ what, args, input, env: more }, tolerate) => runCommand(world, {
        what,
        on: `git ${args[0] ?? ''}`,
        file: 'git',
        args,
        cwd: directory,
        env: { ...env, ...more },
        ...(input === undefined ? {} : { input }),
        timeout: 10 * 60_000,
        maxOutput: checkout_MAX_OUTPUT,
        tolerate,
    });
    return {
        directory,
        run: (command) => start(command, []),
        attempt: (command) => start(command, checkout_ANY_EXIT),
    };
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
/** Whether the commit is there, without asking the server: a partial clone would fetch a commit that is merely mentioned. */
async function isKnown(repository, commit) {
    const env = { GIT_NO_LAZY_FETCH: '1' };
    const args = ['cat-file', '-e', `${commit}^{commit}`];
    const { exitCode } = await repository.attempt({ what: 'Cannot look for a commit', args, env });
    return exitCode === 0;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/history/history-checkout.js


/**
 * What a checkout in the workspace says of the repository's history. It may be shallow and old: that one commit contains
 * another is sure, that it does not is not. Undefined where the workspace is of another repository.
 */
async function openCheckoutHistory(world, workspace, repository) {
    const opened = await openCheckout(world, workspace).catch(() => undefined);
    if (opened === undefined)
        return undefined;
    const origin = await readOrigin(opened.checkout);
    if (origin === undefined || !(0,model_source/* isSameRepository */.ve)(origin, repository))
        return undefined;
    return (descendant, ancestor) => containsIn(opened.checkout, descendant, ancestor);
}
async function containsIn(checkout, descendant, ancestor) {
    const [one, other] = await Promise.all([isKnown(checkout, descendant), isKnown(checkout, ancestor)]);
    if (!one || !other)
        return undefined;
    if (await isAncestor(checkout, ancestor, descendant))
        return true;
    // Where the other way round holds, the one cannot hold, however shallow the history is.
    return (await isAncestor(checkout, descendant, ancestor)) ? false : undefined;
}

;// CONCATENATED MODULE: ./packages/git/src/branch.js

/**
 * Brings the branch as it is now, `depth` commits of it, without the contents of files. Returns its head.
 * @throws Failure GIT_BRANCH_NOT_FOUND and those of the network and the server's rights
 */
async function branch_fetchBranch(repository, branch, depth = 1) {
    await bringBranch(repository, branch, depth);
    return headOf(repository, branch);
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
async function headOf(repository, branch) {
    const args = ['for-each-ref', '--format=%(objectname)', trackingRef(branch)];
    const { stdout } = await repository.run({ what: 'Cannot read the branch', args });
    return stdout.trim();
}
function trackingRef(branch) {
    return `refs/remotes/origin/${branch}`;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/history/relation.js

/**
 * How the commit that Argo CD is at relates to the wanted one: `newer` contains it; `older` does not yet, and what the
 * Application follows does; of what else there is, `elsewhere` is on the branch, and the Application follows another one.
 * Undefined where the history does not tell.
 */
async function relate(contains, question) {
    const { wanted, current, followed, branch } = question;
    const isNewer = await contains(current, wanted);
    if (isNewer !== false)
        return isNewer === true ? 'newer' : undefined;
    const isFollowed = await contains(followed, wanted);
    if (isFollowed === undefined)
        return undefined;
    if (isFollowed) {
        // Two lines of history that were merged: Argo CD is on the one, the wanted commit on the other.
        const isOnWay = (await contains(wanted, current)) === true || (await contains(followed, current)) === true;
        return isOnWay ? 'older' : 'diverged';
    }
    if (followed === branch)
        return 'diverged';
    return (await contains(branch, wanted)) === true ? 'elsewhere' : 'diverged';
}
/**
 * What the Application follows, by its targetRevision; the branch of the commit where that is left open: the default
 * branch, or a range of versions.
 */
function followedBy(targetRevision, branch) {
    const name = targetRevision.replace(/^refs\/(?:heads|tags)\//, '');
    return name === '' || name === 'HEAD' || (0,model_source/* isRange */._Z)(name) ? branch : name;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/history/history-git.js




/** Commits of history that are fetched before giving up on a relation, step by step. */
const DEPTHS = [20, 500, 2 ** 31 - 1];
/** Asks a repository into which the branches are fetched, deeper and deeper, until a commit is found to contain the other. */
async function relateByFetching(repository, question) {
    const names = [...new Set([question.followed, question.branch])].filter((name) => !(0,model_source/* isCommit */.WM)(name));
    let relation = 'diverged';
    for (const depth of DEPTHS) {
        const heads = new Map();
        for (const name of names)
            heads.set(name, await history_git_headOf(repository, name, depth));
        if (heads.get(question.branch) === undefined && heads.get(question.followed) === undefined)
            await branch_fetchBranch(repository, question.branch, depth);
        relation = (await relate(history_git_containsIn(repository, heads), question)) ?? 'unknown';
        if (relation === 'newer' || relation === 'older')
            return relation;
    }
    return relation;
}
/** Undefined where it is no branch: a tag, whose commits are not fetched, or nothing at all. */
async function history_git_headOf(repository, name, depth) {
    return branch_fetchBranch(repository, name, depth).catch((error) => {
        if (error instanceof src_failure/* Failure */.HR && error.code === 'GIT_BRANCH_NOT_FOUND')
            return undefined;
        throw error;
    });
}
function history_git_containsIn(repository, heads) {
    return async (descendant, ancestor) => {
        const head = heads.has(descendant) ? heads.get(descendant) : descendant;
        return head !== undefined && (head === ancestor || isAncestor(repository, ancestor, head));
    };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/history/history-github.js


const isComparison = (0,validate_wire/* record */.g1)({ status: validate_wire/* string */.Yj });
const isPulls = (0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({
    number: validate_wire/* number */.ai,
    state: validate_wire/* string */.Yj,
    html_url: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    base: (0,validate_wire/* record */.g1)({ ref: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, '') }),
}));
/** No such commit or repository, no right to it, or asked too often for who has no token: others may know. */
const UNTOLD = [403, 404, 422, 429];
/** What GitHub says of the history of a repository, without a clone (REST: compare two commits, list pull requests of a commit). */
function createGitHubHistory(http, { url, token }) {
    const headers = {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const about = (path, what) => ({
        url: `${url}${path}`,
        headers,
        what,
        tolerate: UNTOLD,
        retries: 1,
    });
    return {
        contains: async (descendant, ancestor) => {
            if (descendant === ancestor)
                return true;
            const range = `${encodeURIComponent(ancestor)}...${encodeURIComponent(descendant)}`;
            // Of the commits and files between the two nothing is needed.
            const request = about(`/compare/${range}?per_page=1&page=2`, 'Cannot compare two commits');
            const comparison = await http.json(request, isComparison).catch(untold);
            return comparison && (comparison.status === 'ahead' || comparison.status === 'identical');
        },
        proposalOf: async (commit) => {
            const request = about(`/commits/${commit}/pulls`, 'Cannot list the pull requests of a commit');
            const pulls = (await http.json(request, isPulls).catch(untold)) ?? [];
            const open = pulls.find(({ state }) => state === 'open');
            return open && `pull request #${open.number} (to ${open.base.ref}), which is not merged`;
        },
        close: () => http.close(),
    };
}
/** A server that is down, or refuses the token, is no reason to end the wait: Git itself may still be asked. */
function untold(error) {
    if (error instanceof src_failure/* Failure */.HR)
        return undefined;
    throw error;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/history/history.js







/**
 * GitHub's API is the quick way, and needs no clone; then a checkout that is there already; what neither tells is fetched.
 * Each is opened when it is first needed.
 */
function createHistory(inputs, world, host) {
    const github = once(() => openGitHub(inputs, world, host));
    const checkout = once(() => openCheckoutHistory(world, world.context.workspace, host.remote.url));
    const repository = once(() => history_open(inputs, world, host));
    return {
        async relate(question) {
            for (const asked of [(await github.get())?.contains, await checkout.get()]) {
                const relation = asked && (await relate(asked, question));
                if (relation !== undefined)
                    return relation;
            }
            return relateByFetching(await repository.get(), question);
        },
        proposalOf: async (commit) => (await github.get())?.proposalOf(commit),
        readFile: async (commit, path) => readFile(await repository.get(), commit, path),
        async close() {
            const [api, local] = await Promise.all([github.opened(), repository.opened()]);
            api?.close();
            await local?.close();
        },
    };
}
/** Made when it is first asked for, and anew where that failed. */
function once(make) {
    let made;
    return {
        get: () => {
            made ??= make();
            made.catch(() => {
                made = undefined;
            });
            return made;
        },
        opened: async () => made?.catch(() => undefined),
    };
}
async function openGitHub({ caCert, requestTimeout }, world, { api }) {
    if (api === undefined)
        return undefined;
    const http = (0,create/* createHttp */.V)(world, {
        caCert: await (0,ca_cert/* readCaCert */.Z)(caCert, world.context.workspace),
        requestTimeout,
        trustedOrigins: [new URL(api.url).origin],
    });
    return createGitHubHistory(http, api);
}
async function history_open({ caCert, requestTimeout }, { context, ...world }, { remote, credential }) {
    return openRepository(world, {
        remote,
        credential,
        temp: context.temp,
        caCert: await (0,ca_cert/* readCaCert */.Z)(caCert, context.workspace),
        requestTimeout,
    });
}
async function readFile(repository, commit, path) {
    await fetchCommit(repository, commit, {
        what: 'Cannot read a file of the commit',
        next: 'Check that `repository` names the repository that the Application deploys from',
    });
    const entry = await readEntry(repository, commit, path);
    if (entry?.kind !== 'file')
        return undefined;
    return (await readBlob(repository, entry.oid)).toString('utf8');
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/history/ancestry.js





/** How long a relation that may have been a passing trouble is left alone before Git is asked again. */
const ASK_AGAIN_MS = 10_000;
/** Of an Application that has to come to no commit: whatever its sources name will do. */
const ANY_REVISION = {
    relate: async () => 'same',
    relateWritten: async () => 'same',
    proposal: async () => undefined,
    readFile: async () => undefined,
    close: async () => { },
};
/**
 * Asks Git, and only when Argo CD is at another commit than the wanted one. How two commits relate does not change, so
 * that is asked once; but that one of them is not there, or Git cannot be reached, may pass and is asked again.
 * Where Git cannot be asked only exactly the wanted commit counts.
 */
function createAncestry(inputs, world, { source, kind }) {
    const { revision: wanted, branch } = inputs;
    const host = kind === 'git' || kind === 'hydrated' ? gitHostOf(inputs, source.repoURL, world.context) : undefined;
    const history = host && createHistory(inputs, world, host);
    const ask = createAsking(world, history, inputs.repository !== undefined);
    const followed = followedBy(source.targetRevision, branch);
    return {
        relate: (current) => ask.about({ wanted, current, followed, branch }),
        relateWritten: (written, to, current) => ask.about({ wanted: written, current, followed: to, branch: to }),
        proposal: createProposal(world, history, wanted),
        readFile: async (commit, path) => history?.readFile(commit, path).catch(() => undefined),
        close: async () => {
            await ask.settled();
            await history?.close();
        },
    };
}
/** A pull request may be merged at any moment, and need not be asked about at every look. */
function createProposal(world, history, wanted) {
    let last;
    return async () => {
        if (last === undefined || world.now() >= last.until) {
            const proposal = await history?.proposalOf(wanted);
            last = { proposal, until: world.now() + ASK_AGAIN_MS };
        }
        return last.proposal;
    };
}
/** Remembers what cannot change, and leaves a while between two questions about the rest. */
function createAsking(world, history, isGiven) {
    const known = new Map();
    const doubtful = new Map();
    const warned = new Set();
    const answer = async (question) => {
        try {
            return (await history?.relate(question)) ?? 'unknown';
        }
        catch (error) {
            const why = (0,src_thrown/* messageOf */.bD)(error);
            const commit = question.current.slice(0, 7);
            const words = `Whether ${commit} contains the wanted commit cannot be told now: ${why}`;
            // Nobody has said that this repository may be asked: it may well be private.
            const say = isGiven ? world.log.warn : world.log.info;
            if (!warned.has(why))
                say(words);
            warned.add(why);
            return 'unknown';
        }
    };
    const underWay = new Map();
    const askNow = async (key, question) => {
        const relation = await answer(question);
        if (relation === 'newer' || relation === 'older')
            known.set(key, relation);
        else
            doubtful.set(key, { relation, until: world.now() + ASK_AGAIN_MS });
        underWay.delete(key);
        return relation;
    };
    return {
        async about(question) {
            const { wanted, current } = question;
            if (current === wanted)
                return 'same';
            if (!(0,model_source/* isCommit */.WM)(current) || history === undefined)
                return 'unknown';
            const key = `${wanted} ${current}`;
            const doubt = doubtful.get(key);
            const before = known.get(key);
            if (before !== undefined)
                return before;
            if (doubt !== undefined && world.now() < doubt.until)
                return doubt.relation;
            // An event and a look may ask the same at once.
            const asking = underWay.get(key) ?? askNow(key, question);
            underWay.set(key, asking);
            return asking;
        },
        /** An event that came with the last look may still be asking. */
        settled: () => Promise.allSettled(underWay.values()),
    };
}

;// CONCATENATED MODULE: ./packages/wait/src/verdict.js
function pending(reason) {
    return { status: 'pending', reason };
}
function done(value) {
    return { status: 'done', value };
}
function failed(failure) {
    return { status: 'failed', failure };
}

// EXTERNAL MODULE: ./packages/kubernetes/src/metadata.wire.js
var metadata_wire = __nccwpck_require__(1356);
;// CONCATENATED MODULE: ./packages/kubernetes/src/version.js

/** The container that serves the model (kserve/kserve pkg/constants, `InferenceServiceContainerName`). */
const SERVER_CONTAINER = 'kserve-container';
/** Where KServe notes the model's URI (pkg/constants, `StorageInitializerSourceUriInternalAnnotationKey`). */
const SOURCE_URI = 'internal.serving.kserve.io/storage-initializer-sourceuri';
const REVISION = 'deployment.kubernetes.io/revision';
/** The image of a container as written in a pod spec; undefined where there is no such container. */
function imageOf({ containers }, name = SERVER_CONTAINER) {
    return containers.find((container) => container.name === name)?.image;
}
/** The model of a pod or of its template: KServe's annotation, else the first argument of the storage-initializer. */
function storageUriOf({ metadata, spec, }) {
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
/** `registry/churn:v2@sha256:…` -> `registry/churn` */
function repositoryOf(image) {
    return partsOf(image).repository;
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
    const difference = revisionOf(one) - revisionOf(other);
    return difference === 0 ? one.creationTimestamp > other.creationTimestamp : difference > 0;
}
function revisionOf({ annotations }) {
    return Number(annotations[REVISION] ?? '0');
}
function version_ownedBy(child, owner) {
    return child.metadata.ownerReferences.some(({ uid }) => uid !== '' && uid === owner.metadata.uid);
}
function version_isReady({ status }) {
    return (0,metadata_wire/* conditionOf */.rI)(status.conditions, 'Ready')?.status === 'True';
}

;// CONCATENATED MODULE: ./packages/argocd/src/model/tree.js
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
const KNATIVE = 'serving.knative.dev';
/** Descendants that are not there yet: an Application's own health does not look below its managed resources (argo-cd #11473). */
function unfinishedNodes({ nodes }) {
    return nodes.filter((node) => {
        const isUnfinished = node.health?.status === 'Progressing' || node.health?.status === 'Degraded';
        return isUnfinished && runsSomething(node) && !isTerminating(node);
    });
}
/** A Service runs nothing, but for the one of Knative. */
function runsSomething({ kind, group }) {
    return RUNNING_KINDS.has(kind) || (kind === 'Service' && group === KNATIVE);
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
const LASTING_OWNERS = new Set(['ReplicaSet', 'StatefulSet', 'DaemonSet']);
/** Pods that are meant to stay, and are not on their way out. */
function servingPods({ nodes }) {
    return nodes.filter((node) => {
        const isLasting = node.parentRefs.some(({ kind }) => LASTING_OWNERS.has(kind));
        return node.kind === 'Pod' && isLasting && !isTerminating(node) && !HAS_ENDED.test(reasonOf(node));
    });
}
/** What a pod that was evicted, or whose node was shut down, is left with. */
const HAS_ENDED = /^(?:Completed|Succeeded|Failed|Evicted|Error|Terminated|NodeShutdown|NodeAffinity|OutOf\w+|Unexpected\w+)$/;
/**
 * Whether it is of a version before: its ReplicaSet is not the newest of its Deployment, or its Revision not the newest of
 * its Knative Configuration, which has a Deployment for each.
 */
function isOutdated(tree, node) {
    const line = lineOf(tree, node);
    const set = line.find(({ kind }) => kind === 'ReplicaSet');
    const revision = line.find(({ kind, group }) => kind === 'Revision' && group === KNATIVE);
    const hasNewerSet = set !== undefined && siblingsOf(tree, set).some((other) => tree_revisionOf(other) > tree_revisionOf(set));
    const hasNewerRevision = revision !== undefined && siblingsOf(tree, revision).some((other) => isAfter(other, revision));
    return hasNewerSet || hasNewerRevision;
}
/** The newest ReplicaSet of a Deployment. */
function newestSet(tree, deployment) {
    return childrenOf(tree, deployment, 'ReplicaSet')
        .sort((one, other) => tree_revisionOf(one) - tree_revisionOf(other))
        .at(-1);
}
/** More owners above each other than any controller makes; a server may say anything. */
const tree_LONGEST_LINE = 10;
/** The node, what owns it, what owns that, and so on. */
function lineOf(tree, node, most = tree_LONGEST_LINE) {
    const owner = tree.nodes.find((other) => other !== node && isChild(node, other));
    return owner === undefined || most === 0 ? [node] : [node, ...lineOf(tree, owner, most - 1)];
}
function siblingsOf({ nodes }, node) {
    return nodes.filter((other) => other.kind === node.kind && node.parentRefs.some(({ uid }) => isChildOf(other, uid)));
}
/** Revisions of a Configuration are numbered in their names, `churn-predictor-00012`. */
function isAfter(one, other) {
    if (one.createdAt !== other.createdAt)
        return one.createdAt > other.createdAt;
    return one.name.length === other.name.length ? one.name > other.name : one.name.length > other.name.length;
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
/** One that is deleted on a node that was lost is called Unknown (controller/cache/info.go populatePodInfo). */
function isTerminating(node) {
    const reason = reasonOf(node);
    return reason.endsWith('Terminating') || reason === 'Unknown';
}
function reasonOf(node) {
    return infoOf(node, 'Status Reason');
}
function infoOf({ info }, name) {
    return info.find((item) => item.name === name)?.value ?? '';
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/state.js

/** When Argo CD last compared with Git, in milliseconds; -Infinity where it never has. */
function comparedAtOf({ status }) {
    const at = Date.parse(status.reconciledAt);
    return Number.isNaN(at) ? -Infinity : at;
}
/** The revision that Argo CD has compared with; '' where it has not. */
function currentRevision({ application }, { source }) {
    return (0,model_source/* syncedRevision */.eh)(application, source);
}
/** A commit by its first letters; a version and a digest as they are, the digest shortened. */
function shortRevision(revision) {
    if (/^[0-9a-f]{40,64}$/.test(revision))
        return revision.slice(0, 7);
    return revision.startsWith('sha256:') ? revision.slice(0, 14) : revision;
}
/** Whether Argo CD is at the wanted revision or at a newer one. */
function isThere({ relation, hydrated }) {
    return (relation === 'same' || relation === 'newer') && (hydrated === 'same' || hydrated === 'newer');
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/memory.js

const NOTHING_SEEN = { marks: new Map(), green: undefined };
/** The memory after one more look: what is not so this time is forgotten. */
function note({ marks, green }, noted, application, now) {
    const comparedAt = comparedAtOf(application);
    const next = new Map();
    for (const { key } of noted) {
        const { looks, since, ...before } = marks.get(key) ?? { looks: 0, since: now, comparedAt, comparisons: 0 };
        const comparisons = before.comparisons + (comparedAt > before.comparedAt ? 1 : 0);
        next.set(key, { looks: looks + 1, since, comparedAt, comparisons });
    }
    return { marks: next, green };
}
/** Whether it has been so for long enough. */
function hasRipened({ marks }, { key, lasting, comparisons = 0 }, now) {
    const mark = marks.get(key);
    if (mark === undefined || lasting === undefined)
        return false;
    return now - mark.since >= lasting && mark.comparisons >= comparisons;
}
/** When the first of them has lasted for long enough, after now; undefined where time alone ripens none. */
function nextRipe({ marks }, noted, now) {
    const times = noted.flatMap(({ key, lasting }) => {
        const mark = marks.get(key);
        return mark === undefined || lasting === undefined ? [] : [mark.since + lasting];
    });
    const ahead = times.filter((at) => at > now);
    return ahead.length === 0 ? undefined : Math.min(...ahead);
}
/** Whether one of them still waits for Argo CD to compare. */
function lacksComparison({ marks }, noted) {
    return noted.some(({ key, comparisons = 0 }) => (marks.get(key)?.comparisons ?? 0) < comparisons);
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/verdict.js

function waits(cause, reason) {
    return { status: 'pending', cause, reason };
}
function fails(application, obstacle) {
    return ends('failed', application, obstacle);
}
function blocks(application, obstacle) {
    return ends('blocked', application, { kind: 'policy', ...obstacle });
}
function ends(status, { metadata }, obstacle) {
    const what = status === 'failed' ? 'The commit is not live' : 'The commit is kept from becoming live';
    const failure = new src_failure/* Failure */.HR({ what, on: `Application ${metadata.name}`, ...obstacle });
    return { status, cause: obstacle.code, reason: obstacle.seen, failure };
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/operation.js



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
    const isOther = state.relation === 'newer' || want.source.kind !== 'git';
    const counting = isOther && isThere(state) ? currentRevision(state, want) : want.revision;
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
 * commit in between, where the newer one that Argo CD is at changes nothing here and therefore is not synced; and one that
 * is tried again for ever at what no further try will mend.
 */
function judgeOperation(state, want) {
    const commit = failedRevision(state.application, want.source);
    const own = ownOperation(state, want);
    if (own !== undefined && isHopeless(own))
        return failedSync(state, own, `${whichOf(state, want)} fails again`);
    const isLast = state.relation === 'newer' && state.application.status.sync.status === 'Synced';
    const contains = state.operated === 'same' || state.operated === 'newer';
    const operation = own ?? (isLast && contains ? realOperation(state.application) : undefined);
    if (commit === undefined || operation === undefined)
        return undefined;
    const ended = operation.phase === 'Error' ? 'ended in an error' : 'failed';
    const what = own === undefined
        ? `${shortRevision(commit)} ${ended}, and none came since`
        : `${whichOf(state, want)} ${ended}`;
    return failedSync(state, operation, what);
}
function failedSync({ application }, operation, what) {
    const details = brokenOf(operation).map(({ kind, name, message }) => `${kind} ${name}: ${message}`);
    return fails(application, {
        kind: 'workload',
        code: 'ARGOCD_SYNC_FAILED',
        seen: [`the sync of ${what}: ${operation.message}`, ...details].join('\n'),
        next: 'Correct the manifests or the hook, and commit again',
    });
}
function brokenOf({ syncResult }) {
    return (syncResult?.resources ?? []).filter(({ status, hookPhase }) => status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error');
}
/** A right that is missing, a field that is wrong, a rule that says no: the API server says the same at every try. */
const FINAL = /is forbidden|cannot (?:create|patch|update|get) resource|is invalid|denied the request|unknown field/i;
/** Of five by default, over minutes: the first may have met a webhook or a custom resource that was not there yet. */
const TRIES = 2;
/** Tried twice already, and what failed is a hook, which has tries of its own, or something that the API server refuses. */
function isHopeless(operation) {
    const { phase, finishedAt, retryCount } = operation;
    const waitsForRetry = phase === 'Running' && finishedAt !== undefined;
    if (!waitsForRetry || retryCount < TRIES)
        return false;
    return brokenOf(operation).some(({ hookType, message }) => hookType !== '' || FINAL.test(message));
}
function whichOf(state, want) {
    if (state.relation !== 'newer')
        return want.source.kind === 'git' ? 'this commit' : 'this revision';
    return `the newer commit ${shortRevision(currentRevision(state, want))}`;
}
/** Health that was judged before the operation ended says nothing (kargo #2196). */
function judgeFreshness({ application }) {
    return isJudgedSince(application)
        ? undefined
        : waits('not-judged', 'synced; health has not been judged since');
}
/** Whether Argo CD has compared since its last operation ended. */
function isJudgedSince(application) {
    const finished = Date.parse(realOperation(application)?.finishedAt ?? '');
    return Number.isNaN(finished) || comparedAtOf(application) >= finished;
}
function operationRevision({ syncResult, operation }, source) {
    const result = syncResult === undefined ? '' : (0,model_source/* revisionOf */.DT)(syncResult, source);
    return result === '' && operation.sync !== undefined ? (0,model_source/* revisionOf */.DT)(operation.sync, source) : result;
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/overrides.js
/**
 * What puts something else in the place of what the manifests have: parameters, values and images of a source, which an
 * image updater or a person set on the Application (argo-cd pkg/apis/application/v1alpha1 types.go), or the file
 * `.argocd-source-<application>.yaml` that does the same in Git. In words.
 * @param values what was seen in the place of the expected version
 */
function overrideOf({ application, overrideFile }, { images }, values) {
    return overrideOnApplication(application, images, values) ?? overrideInFile(overrideFile, images, values);
}
function overrideOnApplication({ spec }, images, values) {
    const hydrated = spec.sourceHydrator?.drySource;
    const single = hydrated === undefined ? spec.source : hydrated;
    const at = hydrated === undefined ? 'spec.source' : 'spec.sourceHydrator.drySource';
    const named = spec.sources.map((source, index) => [
        `spec.sources[${index}]`,
        source,
    ]);
    const sources = single === undefined ? named : [...named, [at, single]];
    for (const [path, source] of sources) {
        const found = overrideIn(source, images, values.flatMap(overrides_partsOf));
        if (found !== undefined)
            return `${path}.${found} of the Application overrides it`;
    }
    return undefined;
}
function overrideInFile(file, images, values) {
    if (file === undefined)
        return undefined;
    const parts = values.flatMap(overrides_partsOf);
    const lines = file.text.split('\n').map((line) => line.trim());
    const isOverride = (line) => {
        const item = line.replace(/^-\s+/, '');
        return parts.includes(scalarOf(`${item} `)) || images.some((image) => renames(item, image));
    };
    const line = lines.find(isOverride);
    return line && `the file ${file.path}, which an image updater writes, overrides it (${line})`;
}
/** `helm.parameters[0] (image.tag: v1)` */
function overrideIn({ helm, kustomize }, images, parts) {
    const sets = (value) => parts.includes(value);
    const parameter = helm?.parameters.findIndex(({ value }) => sets(value)) ?? -1;
    if (parameter !== -1) {
        const { name = '', value = '' } = helm?.parameters[parameter] ?? {};
        return `helm.parameters[${parameter}] (${name}: ${value})`;
    }
    const path = leafOf(helm?.valuesObject, sets);
    if (path !== undefined)
        return `helm.valuesObject.${path}`;
    const line = helm?.values.split('\n').find((one) => sets(scalarOf(one)));
    if (line !== undefined)
        return `helm.values (${line.trim()})`;
    const image = kustomize?.images.find((one) => images.some((wanted) => renames(one, wanted)));
    return image === undefined ? undefined : `kustomize.images (${image})`;
}
/** The ways in which a reference is taken apart into values: whole, repository, tag, digest. */
function overrides_partsOf(reference) {
    const [named = '', digest] = reference.split('@', 2);
    const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
    const tag = colon === -1 || reference.includes('://') ? undefined : named.slice(colon + 1);
    const parts = [reference, tag, digest, digest === undefined ? undefined : `@${digest}`];
    return parts.flatMap((part) => (part === undefined || part === '' ? [] : [part]));
}
/** The path of the first text in an object that is so: `image.tag`. */
function leafOf(value, is) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    for (const [key, inner] of Object.entries(value)) {
        if ((typeof inner === 'string' || typeof inner === 'number') && is(String(inner)))
            return key;
        const below = leafOf(inner, is);
        if (below !== undefined)
            return `${key}.${below}`;
    }
    return undefined;
}
/** `  tag: "v1"  # note` -> `v1` */
function scalarOf(line) {
    const value = /^[^#]*?:\s+(?:"([^"]*)"|'([^']*)'|([^#\s]+))/.exec(line);
    return value?.[1] ?? value?.[2] ?? value?.[3] ?? '';
}
/** `name=registry/new:tag`, `name:tag`, `name@digest`: by which name the image of the manifests is replaced (kustomize images). */
function renames(entry, wanted) {
    const [name = '', replacement] = entry.split('=', 2);
    const bare = (reference) => reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
    return [name, replacement ?? name].some((one) => bare(one) === bare(wanted));
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/expected.js







/** Time for what controllers make of the manifests, such as the Deployment of an InferenceService. */
const DIFFERS = { key: 'differs from expected', lasting: 20_000, comparisons: 1 };
function expectedKeys(state, want) {
    return isWell(state) && state.isRendered && missing(state, want) !== undefined ? [DIFFERS] : [];
}
/**
 * Whether Argo CD has to render the manifests anew: with the annotation manifest-generate-paths the revision can move while
 * the manifests are those of before (argo-cd #27727), and only a version that is expected tells.
 */
function lacksRendering(state, want) {
    const isOwn = state.relation === 'same' && isWell(state);
    return isOwn && !state.isRendered && missing(state, want) !== undefined;
}
/**
 * Whether the expected version is what the cluster asks for, and no pod runs another one. At a newer commit it is that
 * commit's matter.
 */
function judgeExpected(state, want, memory) {
    if (state.relation === 'newer')
        return undefined;
    const absent = missing(state, want);
    if (absent === undefined)
        return judgeOthers(state, want);
    const seen = `${absent.what}${absent.found === '' ? '' : `; there is ${absent.found}`}`;
    if (!hasRipened(memory, DIFFERS, state.now))
        return waits('expected', `synced; ${seen}`);
    const cause = overrideOf(state, want, absent.values);
    return fails(state.application, {
        kind: cause === undefined ? 'conflict' : 'policy',
        code: 'ARGOCD_EXPECTED',
        seen: cause === undefined ? seen : `${seen}; ${cause}`,
        next: cause === undefined
            ? 'Check that the manifests of this commit name it, and that the input spells it as they do'
            : 'Take that away, so that what stands in Git counts; or change it there instead of in the manifests',
        retryable: false,
    });
}
/** Before that nobody has looked for the version. */
function isWell(state) {
    const { sync, health } = state.application.status;
    const isGood = health.status === 'Healthy' || health.status === 'Suspended';
    return isThere(state) && sync.status === 'Synced' && isGood && !isSyncing(state.application);
}
function missing(state, want) {
    return missingImage(state, want) ?? missingModel(state, want);
}
function missingImage({ application, declared }, want) {
    const running = application.status.summary.images;
    const all = [...declared.flatMap(({ images }) => images), ...running];
    const image = want.images.find((one) => !all.some((other) => version_matchesImage(other, { image: one })));
    if (image === undefined)
        return undefined;
    const values = [...new Set(all)].filter((other) => repositoryOf(other) === repositoryOf(image));
    const where = declared.find(({ images }) => images.some((other) => values.includes(other)));
    const found = values.length === 0 ? '' : `${values.join(', ')}${where === undefined ? '' : ` in ${where.on}`}`;
    return { what: `no object asks for the image ${image}, and no pod has it`, found, values };
}
function missingModel({ declared }, { storageUri }) {
    const values = [...new Set(declared.flatMap(({ models }) => models))];
    if (storageUri === undefined || values.includes(storageUri))
        return undefined;
    const bare = (uri) => uri.replace(/\/+$/, '');
    const isAlike = values.some((other) => bare(other) === bare(storageUri));
    const where = declared.find(({ models }) => models.length > 0)?.on;
    const found = values.length === 0 ? '' : `${values.join(', ')} in ${where}`;
    const hint = isAlike ? ', which differs by the slash at its end only' : '';
    return { what: `no object asks for the model ${storageUri}`, found: `${found}${hint}`, values };
}
/**
 * Pods of the version before get requests as long as they are there. Where something is paused on purpose, they stay; and
 * what an object asks for as it is now is of no version before.
 */
function judgeOthers({ application, tree, declared }, { images }) {
    if (tree === undefined || application.status.health.status === 'Suspended')
        return undefined;
    const asked = new Set(declared.flatMap((one) => one.images));
    for (const { name, images: own } of servingPods(tree)) {
        const other = own.find((image) => !asked.has(image) && isOther(image, images));
        if (other !== undefined)
            return waits('other-version', `synced; pod ${name} still has the image ${other}`);
    }
    return undefined;
}
/** Of the repository of an expected image, and none of those. */
function isOther(image, expected) {
    const isOfOne = expected.some((one) => repositoryOf(one) === repositoryOf(image));
    return isOfOne && !expected.some((one) => version_matchesImage(image, { image: one }));
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

;// CONCATENATED MODULE: ./packages/kubernetes/src/pod-trouble.js


const AT_ONCE = { looks: 1, lasting: 0 };
const SEEN_TWICE = { looks: 2, lasting: 0 };
/** The kubelet's first back-off is 10 s: what lasts longer has been tried again. */
const TRIED_AGAIN = { looks: 2, lasting: 20_000 };
const PULL = new Set(['ImagePullBackOff', 'ErrImagePull', 'ErrImageNeverPull', 'RegistryUnavailable']);
const CONFIG = new Set(['CreateContainerConfigError', 'CreateContainerError']);
/** Everything that is wrong with one pod, worst first. Pure. */
function troublesOfPod(pod) {
    const { initContainerStatuses, containerStatuses, conditions } = pod.status;
    const scheduled = (0,metadata_wire/* conditionOf */.rI)(conditions, 'PodScheduled');
    return [
        ...initContainerStatuses.flatMap((status) => [...ended(pod, status, true), ...pod_trouble_waits(pod, status)]),
        ...containerStatuses.flatMap((status) => [...ended(pod, status, false), ...pod_trouble_waits(pod, status)]),
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
            ...pod_trouble_about(pod, status, isInit ? 'init-failed' : 'crash-loop'),
            reason: last.reason === 'OOMKilled' ? 'OOMKilled' : 'CrashLoopBackOff',
            message: last.message,
            isLog: true,
            exitCode: last.exitCode,
            failures,
            patience: AT_ONCE,
        },
    ];
}
function pod_trouble_waits(pod, status) {
    const { reason = '', message = '' } = status.state.waiting ?? {};
    const seen = { reason, message, isLog: false };
    if (reason === 'InvalidImageName') {
        return [{ ...pod_trouble_about(pod, status, 'image-name'), ...seen, patience: SEEN_TWICE }];
    }
    if (PULL.has(reason)) {
        const patience = isFinal(classifyPull(message)) ? SEEN_TWICE : TRIED_AGAIN;
        return [{ ...pod_trouble_about(pod, status, 'image-pull'), ...seen, patience }];
    }
    if (CONFIG.has(reason))
        return [{ ...pod_trouble_about(pod, status, 'container-config'), ...seen, patience: TRIED_AGAIN }];
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
function pod_trouble_about(pod, { name }, code) {
    const { name: podName, uid } = pod.metadata;
    return {
        code,
        key: `${code} ${uid} ${name}`,
        on: `pod ${podName}, container ${name}`,
        pod: podName,
        container: name,
    };
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/rollout-progress.js

/** Why the Deployment is not about the wanted version yet. */
function notYetWanted({ metadata, spec, status }, want) {
    const image = imageOf(spec.template.spec, want.container);
    if (!version_matchesImage(image, want)) {
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
    const fresh = version_newestOf(replicaSets, deployment);
    if (fresh === undefined || !sameVersion(fresh.spec.template, spec.template, want.container)) {
        return 'the ReplicaSet of the new version does not exist yet';
    }
    const wanted = spec.replicas;
    if (wanted === 0 && want.acceptsZero !== true)
        return 'it is scaled to zero: no pod serves';
    if (status.updatedReplicas < wanted)
        return `${status.updatedReplicas} of ${wanted} pods are new`;
    const active = pods.filter(isActive);
    const stale = active.filter((pod) => !version_ownedBy(pod, fresh));
    const live = active.filter((pod) => version_ownedBy(pod, fresh) && version_isReady(pod));
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
function isActive(pod) {
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
        return version_matchesImage(imageOf(pod.spec, want.container), want);
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
    const ready = pods.filter((pod) => isActive(pod) && isReady(pod));
    const fresh = newest === undefined ? [] : ready.filter((pod) => ownedBy(pod, newest));
    return { fresh: fresh.length, old: ready.length - fresh.length };
}
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/rollout-troubles.js




const BRIEF = { looks: 2, lasting: 0 };
/** A quota is freed when an old pod goes, a webhook comes back: both within seconds or not at all. */
const rollout_troubles_TRIED_AGAIN = { looks: 2, lasting: 20_000 };
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
    const fresh = version_newestOf(state.replicaSets, deployment);
    const pods = fresh === undefined ? [] : state.pods.filter((pod) => isActive(pod) && version_ownedBy(pod, fresh));
    return [...pods.flatMap(troublesOfPod).sort(byGravity), ...troublesOfDeployment(deployment)];
}
const GRAVITY = [
    'init-failed',
    'crash-loop',
    'image-name',
    'image-pull',
    'container-config',
];
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
        patience: rollout_troubles_TRIED_AGAIN,
    };
}
function troublesOfDeployment({ metadata, status }) {
    const refused = (0,metadata_wire/* conditionOf */.rI)(status.conditions, 'ReplicaFailure');
    const progress = (0,metadata_wire/* conditionOf */.rI)(status.conditions, 'Progressing');
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

;// CONCATENATED MODULE: ./packages/kubernetes/src/unready.js



/** The first pod of the newest version that is not ready. Pure. */
function unreadyPod({ deployment, replicaSets, pods }) {
    const newest = deployment && version_newestOf(replicaSets, deployment);
    if (newest === undefined)
        return undefined;
    return pods.find((pod) => isActive(pod) && version_ownedBy(pod, newest) && !version_isReady(pod));
}
function stageOfUnready({ status }) {
    const init = status.initContainerStatuses.find(({ state }) => state.running !== undefined);
    // A sidecar is an init container that never ends.
    const isInitialized = (0,metadata_wire/* conditionOf */.rI)(status.conditions, 'Initialized')?.status === 'True';
    if (init !== undefined && !isInitialized)
        return { stage: 'init', container: init.name };
    const containers = [...status.initContainerStatuses, ...status.containerStatuses];
    const reason = containers.map(({ state }) => state.waiting?.reason ?? '').find((one) => one !== '');
    if (reason !== undefined)
        return { stage: 'waits', reason };
    return { stage: status.containerStatuses.some(({ state }) => state.running !== undefined) ? 'runs' : 'new' };
}
/** What a pod that is not ready is doing: `pod churn-x7k2p waits: ContainerCreating`. Pure. */
function describeUnready(pod) {
    const on = `pod ${pod.metadata.name}`;
    const seen = stageOfUnready(pod);
    if (seen.stage === 'init')
        return `${on} is in its init container ${seen.container}`;
    if (seen.stage === 'waits')
        return `${on} waits: ${seen.reason}`;
    return seen.stage === 'runs' ? `${on} runs, and is not ready` : `${on} is ${pod.status.phase || 'new'}`;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/rollout.js





/**
 * Whether the wanted version, and nothing else, serves: the verdict on a Deployment, its ReplicaSets and its pods.
 * A rollout is complete by the rule of `kubectl rollout status` (kubernetes/kubectl pkg/polymorphichelpers), and then
 * every ready pod must belong to the newest ReplicaSet and run the wanted image. Pure.
 */
function evaluateRollout(state, want, memory) {
    const { deployment } = state;
    if (deployment === undefined)
        return rollout_pending('the Deployment does not exist yet');
    const behind = notYetWanted(deployment, want);
    if (behind !== undefined)
        return rollout_pending(behind);
    const troubles = troublesOfRollout(state, want);
    const lasting = troubles.find(({ key, patience }) => {
        return patience !== undefined && hasLasted(memory.sightings, key, patience, memory.now);
    });
    if (lasting !== undefined)
        return { status: 'failed', trouble: lasting };
    const unfinished = notYetComplete(state, deployment, want);
    if (unfinished === undefined)
        return { status: 'done', proof: proofOf(state, deployment, want) };
    const [first] = troubles;
    if (first === undefined) {
        const unready = unreadyPod(state);
        return rollout_pending(unready === undefined ? unfinished : `${unfinished}; ${describeUnready(unready)}`);
    }
    const warning = `${first.on}: ${first.reason}${first.isLog ? '' : `: ${first.message}`}`;
    return { status: 'pending', reason: `${unfinished}; ${warning}`, warning };
}
function proofOf({ replicaSets, pods }, deployment, want) {
    const fresh = version_newestOf(replicaSets, deployment);
    const live = pods.filter((pod) => isActive(pod) && fresh !== undefined && version_ownedBy(pod, fresh) && version_isReady(pod));
    return {
        deployment: deployment.metadata.name,
        replicaSet: fresh?.metadata.name ?? '',
        image: imageOf(deployment.spec.template.spec, want.container) ?? '',
        storageUri: storageUriOf(deployment.spec.template),
        pods: live.map((pod) => ({
            name: pod.metadata.name,
            uid: pod.metadata.uid,
            restarts: pod.status.containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
            imageId: statusOf(pod, want.container)?.imageID ?? '',
        })),
    };
}
function rollout_pending(reason) {
    return { status: 'pending', reason };
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/unfinished.js





/** What the memory has to hold of nodes that Argo CD calls Degraded; a sync that is under way may yet mend them. */
function degradedKeys(state, want) {
    return isSyncing(state.application) ? [] : degradedNodes(state).map((node) => degraded(node, want));
}
function degraded({ uid, kind, name }, { degradedGrace }) {
    return { key: `degraded ${uid || `${kind}/${name}`}`, lasting: degradedGrace };
}
/** Whether everything below the Application is there, too. */
function judgeUnfinished(state, want, memory) {
    const { application, tree, pods, now } = state;
    if (tree === undefined)
        return undefined;
    const late = degradedNodes(state).find((node) => hasRipened(memory, degraded(node, want), now));
    if (late !== undefined) {
        const { kind, name, health } = late;
        return fails(application, {
            kind: 'workload',
            code: 'ARGOCD_DEGRADED',
            seen: `${kind} ${name} is Degraded: ${health?.message || 'it gives no reason'}`,
            next: `Look at the pods of ${kind} ${name}; the summary lists those that are not well`,
        });
    }
    const nodes = unfinishedNodes(tree).filter((one) => {
        return !isPastNode(tree, one) && !isOfJob(one) && isToStay(pods.get(one.uid));
    });
    const node = nodes.find(({ kind }) => kind === 'Pod') ?? nodes[0];
    if (node === undefined)
        return undefined;
    const pod = pods.get(node.uid);
    const what = pod === undefined ? `${node.kind} ${node.name} is ${node.health?.status ?? ''}` : describeUnready(pod);
    return waits(waitingOf(pod, 'unfinished'), `synced; ${what}`);
}
/** What is waited for where a pod is what is missing. */
function waitingOf(pod, otherwise) {
    const stage = pod && stageOfUnready(pod).stage;
    return stage === undefined || stage === 'new' ? otherwise : `pod-${stage}`;
}
/** An old ReplicaSet may be unwell for ever; its pods have to go before the new version is alone. */
function isPastNode(tree, node) {
    return node.kind !== 'Pod' && isOutdated(tree, node);
}
/**
 * A pod that was evicted or has done its work is left lying there for ever, and is no part of what runs. One that is meant
 * to end is Progressing for as long as it works (gitops-engine pkg/health/health_pod.go); whether it ends well is told by
 * the hook, the Job or the workflow that it belongs to.
 */
function isToStay(pod) {
    return pod === undefined || (isActive(pod) && pod.spec.restartPolicy === 'Always');
}
function degradedNodes({ tree }) {
    if (tree === undefined)
        return [];
    return unfinishedNodes(tree).filter((node) => {
        return node.kind !== 'Pod' && node.health?.status === 'Degraded' && !isOutdated(tree, node);
    });
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/health.js






function healthKeys(state, want) {
    const { application } = state;
    const { health, sync } = application.status;
    const isJudged = sync.status === 'Synced' && !isSyncing(application) && isJudgedSince(application);
    return health.status === 'Degraded' && isJudged && isThere(state) ? [health_degraded(want)] : [];
}
function health_degraded({ degradedGrace }) {
    return { key: 'degraded', lasting: degradedGrace };
}
function judgeHealth(state, want, memory) {
    const { application, now } = state;
    const { status } = application.status.health;
    if (status === 'Healthy' || (status === 'Suspended' && want.acceptSuspended))
        return undefined;
    if (hasRipened(memory, health_degraded(want), now))
        return fails(application, {
            kind: 'workload',
            code: 'ARGOCD_DEGRADED',
            seen: degradedText(application),
            next: 'Look at the resource named here; the summary lists the pods',
        });
    const why = unwellText(application);
    const cause = status === 'Suspended' ? 'suspended' : 'health';
    return waits(cause, `synced, health ${status}${why === '' ? '' : `: ${why}`}`);
}
/** Argo CD names the cause itself only from 3.6 on; before that the resource has it. */
function unwellText({ status }) {
    const { health, resources } = status;
    if (health.message !== '')
        return health.message;
    const unwell = resources.find((one) => one.health?.status === health.status && one.health.message !== '');
    if (unwell === undefined)
        return '';
    return `${unwell.kind} ${unwell.name}: ${unwell.health?.message.trim().replace(/\s*\n\s*/g, ' ')}`;
}
function degradedText({ status }) {
    const broken = status.resources.filter(({ health }) => health?.status === 'Degraded');
    const details = broken.map(({ kind, name, health }) => `${kind} ${name}: ${health?.message ?? ''}`);
    return [`Degraded${status.health.message === '' ? '' : `: ${status.health.message}`}`, ...details].join('\n');
}
/** An object may look well because its controller has not yet read what was synced: KServe compares no generations. */
function judgeBehind({ behind }) {
    return behind === undefined ? undefined : waits('behind', `synced; ${behind}`);
}
/** What the version has to be is Git's matter: here it counts that the Deployment has come to its own template. */
const ANY_VERSION = { acceptsZero: true };
function rolloutNoted({ rollouts }) {
    return rollouts
        .flatMap((rollout) => rolloutKeys(rollout, ANY_VERSION))
        .map((key) => ({ key, lasting: undefined }));
}
/** By the same rule as kserve-health-check: complete, and every ready pod of the newest ReplicaSet. */
function judgeRollouts({ rollouts, now }, { explain }, { marks }) {
    for (const rollout of rollouts) {
        const verdict = evaluateRollout(rollout, ANY_VERSION, { sightings: marks, now });
        const { name = '', namespace = '' } = rollout.deployment?.metadata ?? {};
        if (verdict.status === 'pending') {
            const cause = waitingOf(unreadyPod(rollout), 'rollout');
            return waits(cause, `synced; Deployment ${name}: ${verdict.reason}`);
        }
        if (verdict.status === 'failed') {
            const failure = explain({ trouble: verdict.trouble, namespace, pod: undefined });
            return { status: 'failed', cause: failure.code, reason: failure.details.seen, failure };
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/hydration.js



/** Since when this wait has looked. */
const WATCHED = { key: 'hydration watched', lasting: undefined };
/** Where somebody has to bring the manifests from one branch to another, a robot may do so in seconds. */
const NOT_PROMOTED = { key: 'not promoted', lasting: 30_000 };
function hydrationKeys(state, want) {
    if (want.source.kind !== 'hydrated')
        return [];
    return isWritten(state) && isPromotedByOthers(state) ? [WATCHED, NOT_PROMOTED] : [WATCHED];
}
/**
 * Whether the source hydrator has written the manifests of the wanted commit, and Argo CD has read those: the commit that
 * it syncs is another one (argo-cd controller/hydrator/hydrator.go).
 */
function judgeHydration(state, want, memory) {
    if (want.source.kind !== 'hydrated')
        return undefined;
    const operation = state.application.status.sourceHydrator?.currentOperation;
    if (operation === undefined)
        return waits('hydrating', 'the source hydrator has written no manifests yet');
    if (operation.phase === 'Hydrating')
        return waits('hydrating', 'the source hydrator is writing the manifests');
    if (operation.phase === 'Failed')
        return judgeFailed(state, memory, operation);
    if (!isWritten(state))
        return undefined;
    return judgeWritten(state, want, memory, operation.hydratedSHA);
}
/** Its failure names the commit only where it came as far as reading it. */
function judgeFailed({ application, relation }, { marks }, { drySHA, message, startedAt }) {
    const isOurs = relation === 'same' || relation === 'newer';
    const watched = marks.get(WATCHED.key)?.since ?? Infinity;
    if (isOurs || (drySHA === '' && Date.parse(startedAt) >= watched))
        return fails(application, {
            kind: 'workload',
            code: 'ARGOCD_HYDRATION',
            seen: `the source hydrator failed: ${message}`,
            next: 'Correct the manifests, or the right of Argo CD to write to the repository; nothing was deployed',
        });
    return waits('hydrating', `the source hydrator failed at an earlier commit, and tries again: ${message}`);
}
function judgeWritten(state, want, memory, hydratedSHA) {
    const { application, hydrated, now } = state;
    if (hydrated === 'same' || hydrated === 'newer')
        return undefined;
    const current = shortRevision(currentRevision(state, want));
    const written = `the manifests of this commit are written as ${shortRevision(hydratedSHA)}`;
    if (!isPromotedByOthers(state))
        return waits('hydrating', `${written}, and Argo CD is at ${current || 'no commit'}`);
    const { hydrateTo, syncSource } = application.spec.sourceHydrator ?? {};
    const seen = `${written} on ${hydrateTo?.targetBranch}, and have not come to ${syncSource?.targetBranch} yet`;
    if (!hasRipened(memory, NOT_PROMOTED, now))
        return waits('hydrating', seen);
    const next = `Bring them to ${syncSource?.targetBranch}: merge the pull request, or run what promotes them`;
    return blocks(application, { code: 'ARGOCD_NOT_PROMOTED', seen, next, retryable: true });
}
function isWritten({ relation, application }) {
    const isOurs = relation === 'same' || relation === 'newer';
    return isOurs && application.status.sourceHydrator?.currentOperation?.phase === 'Hydrated';
}
/** `hydrateTo` is a branch from which others bring the manifests to the one that is synced. */
function isPromotedByOthers({ application, hydrated }) {
    const { hydrateTo, syncSource } = application.spec.sourceHydrator ?? {};
    const isElsewhere = hydrateTo !== undefined && hydrateTo.targetBranch !== syncSource?.targetBranch;
    return isElsewhere && hydrated !== 'same' && hydrated !== 'newer';
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
    return new src_failure/* Failure */.HR({
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

;// CONCATENATED MODULE: ./packages/argocd/src/live/pods.js





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
    if (tree === undefined || !isThere(state))
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
    if (!isActive(pod))
        return [];
    const isOfJob = pod.metadata.ownerReferences.some(({ kind }) => kind === 'Job');
    return troublesOfPod(pod).filter(({ code }) => !isOfJob || OF_A_JOB.has(code));
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
/** What the memory has to hold of them. */
function troubleKeys(troubles) {
    return troubles.map(({ key, patience }) => ({ key, lasting: patience?.lasting }));
}
/**
 * A trouble that has lasted for too long ends the wait: before the sync and the health, which may both wait for the very
 * pod that cannot start.
 */
function judgeTroubles(troubles, { explain }, { marks }, now) {
    const lasting = troubles.find(({ key, patience }) => {
        return patience !== undefined && hasLasted(marks, key, patience, now);
    });
    if (lasting === undefined)
        return undefined;
    const failure = explain(lasting);
    return { status: 'failed', cause: failure.code, reason: failure.details.seen, failure };
}
/** The reason of a wait with the first trouble behind it; a container's own words stay out, they may be private. */
function withTrouble(verdict, [first]) {
    if (verdict.status !== 'pending' || first === undefined)
        return verdict;
    const { trouble } = first;
    return waits(verdict.cause, `${verdict.reason}; ${trouble.on}: ${describeTrouble(trouble, false)}`);
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/revision.js




/** Servers of a Git host do not all have a commit at the same moment. */
const DIVERGED = { key: 'diverged', lasting: 20_000, comparisons: 1 };
/** Who makes the Application from Git may be about to move its targetRevision. */
const ELSEWHERE = { key: 'elsewhere', lasting: 30_000, comparisons: 1 };
const PROPOSED = { key: 'proposed', lasting: 30_000 };
function revisionKeys(state, want) {
    if (state.relation === 'diverged')
        return state.proposal === undefined ? [DIVERGED] : [PROPOSED];
    return isFixedElsewhere(state, want) ? [ELSEWHERE] : [];
}
/** Whether Argo CD is at the wanted revision, or at a newer one that will do. */
function judgeRevision(state, want, memory) {
    const { application, relation } = state;
    const current = shortRevision(currentRevision(state, want));
    const wanted = shortRevision(want.revision);
    if (relation === 'same')
        return undefined;
    if (relation === 'newer')
        return want.acceptNewer ? undefined : superseded(state, current);
    if (relation === 'diverged')
        return judgeDiverged(state, want, memory);
    if (isFixedElsewhere(state, want))
        return judgeElsewhere(state, want, memory);
    if (current === '')
        return waits('not-compared', 'Argo CD has not compared yet');
    if (want.source.kind === 'helm' || want.source.kind === 'oci')
        return waits('older', `Argo CD is at ${current}, not at ${wanted}`);
    const there = want.source.kind === 'hydrated' ? hydratedFrom(state) : current;
    if (relation === 'older')
        return waits('older', `Argo CD is at ${there}, not yet at ${wanted}`);
    return waits('relation-unknown', `Argo CD is at ${there}, not yet at ${wanted}, and whether the one contains the other is not known${application.spec.sourceHydrator === undefined ? '' : ' yet'}`);
}
function hydratedFrom({ application }) {
    return shortRevision(application.status.sourceHydrator?.currentOperation?.drySHA ?? '');
}
function superseded({ application }, current) {
    return fails(application, {
        kind: 'conflict',
        code: 'ARGOCD_SUPERSEDED',
        seen: `Argo CD is already at ${current}, which contains the wanted commit`,
        next: 'Somebody deployed a newer commit; follow that deployment, or set on-superseded: accept',
    });
}
function judgeDiverged(state, want, memory) {
    const { application, proposal, now } = state;
    const follows = (0,model_source/* sourceNow */.iS)(application, want.source).targetRevision;
    if (proposal !== undefined) {
        const seen = `the wanted commit is on no branch that Argo CD follows: it belongs to ${proposal}`;
        if (!hasRipened(memory, PROPOSED, now))
            return waits('proposed', seen);
        const next = 'Merge the pull request, and wait for the commit that the merge makes';
        return blocks(application, { code: 'ARGOCD_NOT_MERGED', seen, next, retryable: true });
    }
    const current = shortRevision(currentRevision(state, want));
    const seen = `Argo CD is at ${current}, which does not contain ${shortRevision(want.revision)}${follows === '' ? '' : ` (it follows ${follows})`}`;
    if (!hasRipened(memory, DIVERGED, now))
        return waits('diverged', seen);
    return fails(application, {
        kind: 'conflict',
        code: 'ARGOCD_DIVERGED',
        seen,
        next: 'Check `branch` and the branch of the Application (targetRevision), and whether the branch was force-pushed',
    });
}
/** Whether what the Application follows can never bring the wanted revision, as long as nobody changes it. */
function isFixedElsewhere(state, want) {
    const { relation, application } = state;
    if (relation === 'elsewhere')
        return true;
    if (relation !== 'older' && relation !== 'unknown')
        return false;
    const follows = (0,model_source/* sourceNow */.iS)(application, want.source).targetRevision;
    const { kind } = want.source;
    if (kind === 'helm' || kind === 'oci')
        return follows !== '' && !(0,model_source/* isRange */._Z)(follows) && follows !== want.revision;
    return (0,model_source/* isCommit */.WM)(follows) && follows !== want.revision && follows === currentRevision(state, want);
}
function judgeElsewhere(state, want, memory) {
    const { application, now } = state;
    const follows = (0,model_source/* sourceNow */.iS)(application, want.source).targetRevision;
    const current = shortRevision(currentRevision(state, want));
    const wanted = shortRevision(want.revision);
    const isPinned = (0,model_source/* isCommit */.WM)(follows);
    const seen = isPinned
        ? `Argo CD is at ${current}, and its targetRevision is that very commit, so it follows no branch`
        : `Argo CD follows ${shortRevision(follows)} (targetRevision), which ${wanted} is not on`;
    if (!hasRipened(memory, ELSEWHERE, now))
        return waits('not-followed', seen);
    return fails(application, {
        kind: 'config',
        code: isPinned ? 'ARGOCD_PINNED' : 'ARGOCD_BRANCH',
        seen,
        next: want.source.kind === 'git' || want.source.kind === 'hydrated'
            ? 'Set targetRevision of the Application to the branch that this commit was pushed to, or wait for another Application'
            : `Set targetRevision of the Application to ${want.revision}, or wait for another Application`,
    });
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/stopped.js


const COMPARISON_GRACE_MS = 60_000;
/**
 * What the manifests say does not change by waiting. Two comparisons in that time tell the error of this commit from one
 * that a repo-server had while it restarted; with the jitter of the wait it is told within 30 s of showing.
 */
const MANIFEST_GRACE_MS = 25_000;
/** Words of a repository that could not be reached, among those of manifests that could not be made. */
const UNREACHABLE = /dial tcp|connection (?:refused|reset)|i\/o timeout|no such host|deadline exceeded|Client\.Timeout|TLS handshake|code = Unavailable|\b50[234]\b|unexpected EOF|failed to (?:list refs|fetch)|repository not (?:found|accessible)|authentication required|unable to resolve/i;
/** What keeps every commit, or this one, from ever becoming live. */
function judgeStopped(state, memory) {
    const { application, now } = state;
    const { metadata } = application;
    if (metadata.deletionTimestamp !== undefined)
        return fails(application, {
            kind: 'not-found',
            code: 'ARGOCD_DELETED',
            seen: 'the Application is being deleted',
            next: 'Create it again, then run this step again',
        });
    if (metadata.annotations['argocd.argoproj.io/skip-reconcile'] === 'true')
        return blocks(application, {
            code: 'ARGOCD_SKIP_RECONCILE',
            seen: 'the annotation argocd.argoproj.io/skip-reconcile stops Argo CD',
            next: 'Remove the annotation',
        });
    const found = errorsOf(state).find(({ noted }) => hasRipened(memory, noted, now));
    if (found === undefined)
        return undefined;
    return fails(application, {
        kind: 'workload',
        code: 'ARGOCD_COMPARISON',
        seen: `${found.condition.type}: ${found.condition.message}`,
        next: 'Correct the manifests or the Application; nothing was deployed',
    });
}
function stoppedKeys(state) {
    return errorsOf(state).map(({ noted }) => noted);
}
/**
 * An invalid specification, or one whose project cannot be read, is not compared at all, so `reconciledAt` stands still
 * (argo-cd controller/appcontroller.go processAppRefreshQueueItem); an error of a comparison is only that of this commit
 * once there has been another one.
 */
function errorsOf({ application, }) {
    return application.status.conditions.flatMap((condition) => {
        const noted = patienceFor(condition);
        return noted === undefined ? [] : [{ condition, noted }];
    });
}
function patienceFor({ type, message }) {
    if (type === 'InvalidSpecError' || type === 'UnknownError')
        return { key: 'invalid', lasting: COMPARISON_GRACE_MS };
    if (type !== 'ComparisonError')
        return undefined;
    return isOfManifests(message)
        ? { key: 'manifests', lasting: MANIFEST_GRACE_MS, comparisons: 2 }
        : { key: 'comparison', lasting: COMPARISON_GRACE_MS, comparisons: 1 };
}
function isOfManifests(message) {
    return /manifest/i.test(message) && !UNREACHABLE.test(message);
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/sync.js




const OUT_OF_SYNC_GRACE_MS = 30_000;
const NAMED = 3;
function syncKeys(state, want) {
    const { application } = state;
    const isIdle = application.status.sync.status === 'OutOfSync' && !isSyncing(application);
    return isIdle && isThere(state) ? [outOfSync(state, want)] : [];
}
/** A newer commit gets the time to begin its sync anew. */
function outOfSync(state, want) {
    return { key: `out of sync at ${currentRevision(state, want)}`, lasting: OUT_OF_SYNC_GRACE_MS };
}
/** Whether the revision is in the cluster: synced, and nothing under way. */
function judgeSync(state, want, memory) {
    const { application, now } = state;
    const { sync, conditions } = application.status;
    if (isSyncing(application))
        return judgeSyncing(state, want);
    if (sync.status === 'Synced')
        return undefined;
    const refusal = conditions.find((condition) => isAbout(condition, state, want));
    if (refusal !== undefined)
        return fails(application, {
            kind: 'workload',
            code: 'ARGOCD_SYNC_ERROR',
            seen: refusal.message,
            next: 'Correct the manifests, and commit again',
        });
    if (sync.status === 'Unknown')
        return waits('comparison-failed', `Argo CD could not compare: ${conditionText(conditions)}`);
    return hasRipened(memory, outOfSync(state, want), now)
        ? diagnoseOutOfSync(state, want)
        : waits('out-of-sync', `${sync.status}, no sync has started yet`);
}
/** A closed window leaves the SyncError of an earlier commit standing: it names the commit that it is about. */
function isAbout({ type, message }, state, want) {
    if (type !== 'SyncError')
        return false;
    const commits = message.match(/\b[0-9a-f]{40}\b/g) ?? [];
    return commits.length === 0 || commits.some((commit) => commit === currentRevision(state, want));
}
function judgeSyncing(state, want) {
    const { operationState } = state.application.status;
    // Beside one that has yet to begin stands how the last one ended.
    const hasBegun = operationState?.phase === 'Running' || operationState?.phase === 'Terminating';
    if (!hasBegun || operationState.message === '')
        return waits('syncing', 'syncing: starting');
    const { message, finishedAt, retryCount } = operationState;
    if (finishedAt === undefined || retryCount === 0)
        return waits('syncing', `syncing: ${message}`);
    if (ownOperation(state, want) !== undefined)
        return waits('syncing', `the sync is being retried: ${message}`);
    return waits('earlier-sync', `the sync of an earlier commit is being retried: ${message}`);
}
function conditionText(conditions) {
    const [first] = conditions.filter(({ type }) => type.endsWith('Error'));
    return first === undefined ? 'it gives no reason' : `${first.type}: ${first.message}`;
}
/** The revision was compared, nothing runs, and it stays out of sync: say why instead of waiting for the deadline. */
function diagnoseOutOfSync(state, want) {
    const { turn } = state;
    if (turn !== undefined)
        return waits('turn', `OutOfSync; its ApplicationSet ${turn.applicationSet} has not come to it yet (${turn.standing ?? 'its step cannot be read, grant applicationsets, get'})`);
    return judgePolicy(state) ?? judgeDrift(state, want) ?? judgeWindow(state);
}
/** What the Application's own sync policy keeps from being synced. */
function judgePolicy({ application }) {
    const automated = application.spec.syncPolicy?.automated;
    if (automated === undefined || !automated.enabled)
        return blocks(application, {
            code: 'ARGOCD_AUTO_SYNC_OFF',
            seen: 'it is OutOfSync and automated sync is off',
            next: 'Sync it by hand, switch automated sync on, or set `sync: if-needed`',
        });
    const different = application.status.resources.filter(({ status }) => status === 'OutOfSync');
    const isPruneOnly = different.length > 0 && different.every(({ requiresPruning }) => requiresPruning);
    if (!isPruneOnly || automated.prune)
        return undefined;
    return blocks(application, {
        code: 'ARGOCD_PRUNE',
        seen: 'only resources that have to be pruned are out of sync, and automated sync does not prune',
        next: 'Prune them, or set syncPolicy.automated.prune',
    });
}
/** Argo CD syncs a commit once: what changes after that is left to self-heal (controller/appcontroller.go autoSync). */
function judgeDrift(state, want) {
    const { application } = state;
    const isDone = ownOperation(state, want)?.phase === 'Succeeded' && isJudgedSince(application);
    if (!isDone || application.spec.syncPolicy?.automated?.selfHeal === true)
        return undefined;
    return fails(application, {
        kind: 'policy',
        code: 'ARGOCD_DRIFT',
        seen: `it was synced at this commit and differs again (${namesOf(state)}), and self-heal is off`,
        next: 'Find what changes it after the sync (an admission webhook, an autoscaler, somebody by hand) and list the field in ignoreDifferences, or set syncPolicy.automated.selfHeal',
    });
}
function judgeWindow(state) {
    const { application, blocking } = state;
    if (blocking === undefined)
        return waits('out-of-sync', `OutOfSync (${namesOf(state)}), and Argo CD has not begun to sync although automated sync is on`);
    const { kind, schedule, duration } = blocking;
    return blocks(application, {
        code: 'ARGOCD_WINDOW',
        seen: `OutOfSync; a sync window keeps it from syncing (${kind} ${schedule}, ${duration})`,
        next: 'Run this step again when the window lets it sync, or sync by hand in Argo CD',
        retryable: true,
    });
}
function namesOf({ application }) {
    const different = application.status.resources.filter((resource) => resource.status === 'OutOfSync');
    const names = different.slice(0, NAMED).map(({ kind, name }) => `${kind} ${name}`);
    const more = different.length > NAMED ? ` and ${different.length - NAMED} more` : '';
    return names.length === 0 ? 'Argo CD names no resource' : `${names.join(', ')}${more}`;
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/evaluate.js












/**
 * Judges a look at an Application by the race-free rules that no Argo CD client has: this revision (or a newer one that
 * contains it), synced, its own operation succeeded, compared after that operation ended, healthy down to the pods,
 * confirmed by one more comparison, and settled. Looks come in the order of time, each with the memory of those before.
 * Pure.
 */
function evaluate(before, state, want) {
    const troubles = troublesOf(state, want);
    const noted = notedOf(state, want, troubles);
    const memory = note(before, noted, state.application, state.now);
    const verdict = judge(state, want, memory, troubles);
    if (verdict === undefined)
        return { ...evaluate_settle(state, want, memory), troubles, noted };
    return { memory: { ...memory, green: undefined }, verdict: withTrouble(verdict, troubles), troubles, noted };
}
function notedOf(state, want, troubles) {
    return [
        ...stoppedKeys(state),
        ...hydrationKeys(state, want),
        ...revisionKeys(state, want),
        ...troubleKeys(troubles),
        ...syncKeys(state, want),
        ...healthKeys(state, want),
        ...degradedKeys(state, want),
        ...rolloutNoted(state),
        ...expectedKeys(state, want),
    ];
}
/** Undefined when everything is good at this moment. */
function judge(state, want, memory, troubles) {
    return (judgeStopped(state, memory) ??
        judgeOperation(state, want) ??
        judgeHydration(state, want, memory) ??
        judgeRevision(state, want, memory) ??
        judgeTroubles(troubles, want, memory, state.now) ??
        judgeSync(state, want, memory) ??
        judgeFreshness(state) ??
        judgeHealth(state, want, memory) ??
        judgeUnfinished(state, want, memory) ??
        judgeBehind(state) ??
        judgeRollouts(state, want, memory) ??
        judgeExpected(state, want, memory));
}
/** Good now: it has to be good after Argo CD has compared once more, too, and for the settle time. */
function evaluate_settle(state, want, memory) {
    const comparedAt = comparedAtOf(state.application);
    const before = memory.green ?? { since: state.now, comparedAt, isConfirmed: false };
    // A refresh can be answered without a comparison (argo-cd #28603), or compare and never be answered (#21613).
    const green = { ...before, isConfirmed: before.isConfirmed || comparedAt > before.comparedAt };
    return {
        memory: { ...memory, green },
        verdict: settled(state, want, green.isConfirmed, state.now - green.since),
    };
}
function settled(state, want, isConfirmed, good) {
    if (!isConfirmed)
        return waits('confirming', 'synced and healthy; looking once more');
    const seconds = (ms) => Math.round(ms / 1_000);
    if (good < want.settle)
        return waits('settling', `synced and healthy for ${seconds(good)} s of ${seconds(want.settle)} s`);
    const isNewer = state.relation === 'newer';
    return {
        status: isNewer ? 'superseded' : 'live',
        cause: 'live',
        reason: ['synced and healthy', ...state.paused].join('; '),
        revision: liveRevision(state, want),
        notes: [...state.paused, ...state.unproven],
        isProven: state.unproven.length === 0,
    };
}
/** Of what a source hydrator wrote, the commit that it was written from: the other one nobody has asked for. */
function liveRevision(state, want) {
    const { sourceHydrator } = state.application.status;
    const dry = want.source.kind === 'hydrated' ? sourceHydrator?.currentOperation?.drySHA : undefined;
    return dry ?? currentRevision(state, want);
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/judge.js




/**
 * Holds the memory of {@link evaluate} between the looks at one Application.
 * @param onBlocked whether what only a rule or a person can end is waited for
 */
function createLiveJudge(want, onBlocked = 'fail') {
    let last;
    return {
        evaluate(state) {
            last = { ...evaluate(last?.memory ?? NOTHING_SEEN, state, want), state };
            return toVerdict(last.verdict, onBlocked);
        },
        get verdict() {
            return last?.verdict;
        },
        get blocked() {
            return last?.verdict.status === 'blocked' ? last.verdict.failure : undefined;
        },
        get wantsRefresh() {
            if (last === undefined)
                return false;
            const { green } = last.memory;
            return (green !== undefined && !green.isConfirmed) || lacksComparison(last.memory, last.noted);
        },
        get wantsRendering() {
            return last !== undefined && lacksRendering(last.state, want);
        },
        dueIn: (now) => last && dueIn(last, want, now),
        get troubles() {
            return last?.troubles ?? [];
        },
    };
}
/** Argo CD's timestamps have seconds: a refresh within the same one proves nothing. With the jitter of the wait it is over. */
const CONFIRM_AFTER_MS = 1_300;
function dueIn({ memory, noted }, { settle }, now) {
    const { green } = memory;
    if (green !== undefined)
        return green.isConfirmed ? Math.max(0, green.since + settle - now) : CONFIRM_AFTER_MS;
    const ripe = nextRipe(memory, noted, now);
    return ripe === undefined ? undefined : ripe - now;
}
function toVerdict(verdict, onBlocked) {
    switch (verdict.status) {
        case 'pending':
            return pending(verdict.reason);
        case 'blocked':
            return onBlocked === 'fail' ? failed(verdict.failure) : pending(verdict.reason);
        case 'failed':
            return failed(verdict.failure);
        default: {
            const { status: result, revision, notes, isProven } = verdict;
            return done({ result, revision, notes, isProven });
        }
    }
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
    return new src_failure/* Failure */.HR({
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
        storageUri: pod === undefined ? undefined : storageUriOf(pod),
        log: trouble.message,
        exitCode: trouble.exitCode,
        showLogs,
    });
}

// EXTERNAL MODULE: ./packages/kubernetes/src/pod.wire.js
var pod_wire = __nccwpck_require__(448);
;// CONCATENATED MODULE: ./packages/argocd/src/api/read-pods.js


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
            const pod = await argocd.resource(application, node, pod_wire/* PODS */.D.check);
            if (pod === undefined)
                return;
            pods.set(node.uid, pod);
            if (!isActive(pod) && pod.metadata.deletionTimestamp === undefined)
                ended.set(node.uid, pod);
        }));
        return pods;
    };
}

;// CONCATENATED MODULE: ./packages/argocd/src/model/rollout.wire.js

const isWeight = (0,validate_wire/* record */.g1)({ weight: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0) });
const isRollout = (0,validate_wire/* record */.g1)({
    metadata: (0,validate_wire/* record */.g1)({ name: validate_wire/* string */.Yj }),
    spec: (0,validate_wire/* record */.g1)({
        paused: (0,validate_wire/* withDefault */.IQ)(validate_wire/* boolean */.zM, false),
        strategy: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({
            canary: (0,validate_wire/* optional */.lq)((0,validate_wire/* record */.g1)({ steps: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({ setWeight: (0,validate_wire/* optional */.lq)(validate_wire/* number */.ai) })), []) })),
            blueGreen: (0,validate_wire/* optional */.lq)(validate_wire/* unknownValue */.Uo),
        }), {}),
    }),
    status: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({
        phase: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
        currentStepIndex: (0,validate_wire/* optional */.lq)(validate_wire/* number */.ai),
        pauseConditions: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({ reason: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, '') })), []),
        canary: (0,validate_wire/* optional */.lq)((0,validate_wire/* record */.g1)({ weights: (0,validate_wire/* optional */.lq)((0,validate_wire/* record */.g1)({ canary: (0,validate_wire/* optional */.lq)(isWeight) })) })),
    }), { pauseConditions: [] }),
});
const ROLLOUTS = { kind: 'Rollout', group: 'argoproj.io', check: isRollout };

;// CONCATENATED MODULE: ./packages/argocd/src/model/paused.js
/** How far a Rollout has come that is paused: `Rollout churn is paused with 10 % of the traffic on the new version`. Pure. */
function describePaused({ metadata, spec, status }) {
    if (!spec.paused && status.pauseConditions.length === 0 && status.phase !== 'Paused')
        return undefined;
    const on = `Rollout ${metadata.name} is paused`;
    if (spec.strategy.canary === undefined)
        return spec.strategy.blueGreen === undefined ? on : `${on} before the new version gets traffic`;
    const weight = status.canary?.weights?.canary?.weight ?? weightBefore(spec.strategy.canary, status);
    return weight === undefined ? on : `${on} with ${weight} % of the traffic on the new version`;
}
/** The weight that the last step set; without a traffic router the status names none. */
function weightBefore({ steps }, { currentStepIndex = 0 }) {
    return steps.slice(0, currentStepIndex + 1).findLast(({ setWeight }) => setWeight !== undefined)?.setWeight;
}

;// CONCATENATED MODULE: ./packages/argocd/src/live/declared.js

/** Kinds that ask for an image or a model, whoever made them. */
const ASKING = new Set([
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'Rollout',
    'CronJob',
    'InferenceService',
    'LLMInferenceService',
    'ServingRuntime',
]);
const MODEL_NOTE = 'internal.serving.kserve.io/storage-initializer-sourceuri';
/** In one look. */
const declared_MOST = 30;
/** The objects in which an image or a model would stand, those of the Application itself first. */
function askingNodes(tree) {
    return tree.nodes
        .filter((node) => ASKING.has(node.kind) && !isOutdated(tree, node))
        .sort((one, other) => one.parentRefs.length - other.parentRefs.length)
        .slice(0, declared_MOST);
}
/** All images and model URIs that an object asks for, whatever its kind. What its status says does not count. */
function versionsIn(object) {
    const images = new Set();
    const models = new Set();
    const into = (target, value) => {
        if (typeof value === 'string' && value !== '')
            target.add(value);
    };
    const walk = (value, key) => {
        if (Array.isArray(value))
            for (const item of value)
                walk(item, key);
        else if (typeof value === 'object' && value !== null) {
            const entries = Object.entries(value);
            const fields = new Map(entries);
            into(images, fields.get('image'));
            into(models, fields.get('storageUri'));
            into(models, fields.get(MODEL_NOTE));
            if (key === 'model' || key === 'storageUris')
                into(models, fields.get('uri'));
            if (fields.get('name') === 'STORAGE_URI')
                into(models, fields.get('value'));
            for (const [name, inner] of entries)
                if (name !== 'status')
                    walk(inner, name);
        }
    };
    walk(object, '');
    return { images: [...images], models: [...models] };
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



const isEnvVar = (0,validate_wire/* record */.g1)({ name: validate_wire/* string */.Yj, value: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj) });
const isContainer = (0,validate_wire/* record */.g1)({
    name: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    image: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    env: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isEnvVar), []),
});
const isModel = (0,validate_wire/* record */.g1)({ image: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj), storageUri: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj), name: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj) });
const isStorageUri = (0,validate_wire/* record */.g1)({ uri: validate_wire/* string */.Yj });
const frameworkFields = Object.fromEntries(FRAMEWORKS.map((framework) => [framework, (0,validate_wire/* optional */.lq)(isModel)]));
const isPredictor = (0,validate_wire/* record */.g1)({
    name: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    minReplicas: (0,validate_wire/* optional */.lq)(validate_wire/* number */.ai),
    model: (0,validate_wire/* optional */.lq)(isModel),
    containers: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isContainer), []),
    storageUris: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isStorageUri), []),
    canaryTrafficPercent: (0,validate_wire/* optional */.lq)(validate_wire/* number */.ai),
    workerSpec: (0,validate_wire/* optional */.lq)(validate_wire/* unknownValue */.Uo),
    ...frameworkFields,
});
const EMPTY_PREDICTOR = { containers: [], storageUris: [] };
/** A component beside the predictor: it has a container of the user's, or one that KServe brings. */
const isOtherComponent = (0,validate_wire/* record */.g1)({ containers: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isContainer), []) });
const isFailureInfo = (0,validate_wire/* record */.g1)({
    reason: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    message: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    exitCode: (0,validate_wire/* optional */.lq)(validate_wire/* number */.ai),
});
const isComponent = (0,validate_wire/* record */.g1)({
    url: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    latestReadyRevision: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    latestCreatedRevision: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
});
const isStatus = (0,validate_wire/* record */.g1)({
    conditions: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(metadata_wire/* isCondition */.G3), []),
    url: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    deploymentMode: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    components: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* dictionary */.zz)(isComponent), {}),
    modelStatus: (0,validate_wire/* optional */.lq)((0,validate_wire/* record */.g1)({ transitionStatus: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''), lastFailureInfo: (0,validate_wire/* optional */.lq)(isFailureInfo) })),
});
const isInferenceService = (0,validate_wire/* record */.g1)({
    metadata: metadata_wire/* isMetadata */.SE,
    spec: (0,validate_wire/* record */.g1)({
        predictor: isPredictor,
        transformer: (0,validate_wire/* optional */.lq)(isOtherComponent),
        explainer: (0,validate_wire/* optional */.lq)(isOtherComponent),
        /** Standard mode, KServe >= 0.20: what is given here takes the place of what the predictor has. */
        canary: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({ predictor: (0,validate_wire/* withDefault */.IQ)(isPredictor, EMPTY_PREDICTOR) })), []),
    }),
    status: (0,validate_wire/* withDefault */.IQ)(isStatus, { conditions: [], components: {} }),
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
    return versionOf(predictor);
}
/** What a predictor asks for by itself, be it the stable one or a canary. */
function versionOf(predictor) {
    const model = modelOf(predictor);
    const { containers, storageUris } = predictor;
    const server = containers.find(({ name }) => name === SERVER_CONTAINER) ?? containers[0];
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
    const slash = storageUri !== undefined && bare(storageUri) === bare(want.storageUri);
    const hint = slash ? ', which differs by the slash at its end only' : '';
    return `not synced yet: the InferenceService still asks for the model ${storageUri ?? '(none)'}${hint}`;
}
function bare(uri) {
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

;// CONCATENATED MODULE: ./packages/kserve/src/components.js

/**
 * The parts of an InferenceService and what each of them asks for (kserve/kserve pkg/constants, PredictorServiceName;
 * before 0.9 names ended with `-default`).
 */
function componentsOf(isvc) {
    const { name } = isvc.metadata;
    const { predictor, transformer, explainer, canary } = isvc.spec;
    const stable = desiredVersion(isvc);
    const own = predictor.name ?? '';
    const others = Object.entries({ transformer, explainer }).flatMap(([title, component]) => {
        if (component === undefined)
            return [];
        const asked = { image: component.containers[0]?.image, storageUri: undefined };
        return [{ title, names: [`${name}-${title}`, `${name}-${title}-default`], asked }];
    });
    const canaries = canary.map(({ predictor: one }) => {
        const { image, storageUri } = versionOf(one);
        const asked = { image: image ?? stable.image, storageUri: storageUri ?? stable.storageUri };
        return { title: `canary ${one.name ?? ''}`, names: [`${name}-${one.name ?? ''}-predictor`], asked };
    });
    const plain = [`${name}-predictor`, `${name}-predictor-default`];
    const names = own === '' ? plain : [`${name}-${own}-predictor`, ...plain];
    return [{ title: 'predictor', names, asked: stable }, ...others, ...canaries];
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/knative.js

/**
 * Why a Knative Service does not serve its own template yet, in the order in which that happens; undefined where it does.
 * Its conditions alone stay True from the revision before until its controller has read the template. Pure.
 * @param revision the latest that was created; undefined where it could not be read
 */
function notYetServing({ metadata, spec, status }, revision) {
    const on = `Knative Service ${metadata.name}`;
    const { latestCreatedRevisionName: created, latestReadyRevisionName: ready } = status;
    if (status.observedGeneration < metadata.generation)
        return `${on} has not been acted on yet`;
    if (created === '')
        return `${on} has no Revision yet`;
    const own = revision?.metadata.name === created ? (0,metadata_wire/* conditionOf */.rI)(revision.status.conditions, 'Ready') : undefined;
    if (created !== ready || (own !== undefined && own.status !== 'True'))
        return `Revision ${created} is not ready${knative_reasonOf(own)}`;
    const routes = (0,metadata_wire/* conditionOf */.rI)(status.conditions, 'RoutesReady');
    if (routes !== undefined && routes.status !== 'True')
        return `the route of ${on} is not ready${knative_reasonOf(routes)}`;
    const share = shareOf(status.traffic, created);
    const wanted = spec.traffic.length === 0 ? 100 : shareOf(spec.traffic, created);
    return share >= wanted
        ? undefined
        : `Revision ${created} gets ${share} % of the traffic, not ${wanted} % yet`;
}
/** What the latest revision gets; traffic goes to it by its name or as the latest, whichever that is. */
function shareOf(traffic, created) {
    return traffic
        .filter(({ revisionName, latestRevision }) => latestRevision || revisionName === created)
        .reduce((sum, { percent }) => sum + percent, 0);
}
function knative_reasonOf(condition) {
    if (condition === undefined || condition.reason === '')
        return '';
    return `: ${condition.reason}${condition.message === '' ? '' : `: ${condition.message}`}`;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/leader-worker-set.js

/**
 * Why the groups of a LeaderWorkerSet are not all of the newest template and ready; undefined where they are. Its own
 * condition Available is not enough: it stays True until the controller has read a new template, and means no update
 * only after that (kubernetes-sigs/lws pkg/controllers/leaderworkerset_controller.go updateConditions). Pure.
 */
function notYetRolledOut({ metadata, spec, status }) {
    const { replicas: wanted } = spec;
    const { observedGeneration, replicas, updatedReplicas, readyReplicas, conditions } = status;
    if (observedGeneration !== undefined && observedGeneration < metadata.generation)
        return 'it has not been acted on yet';
    if (updatedReplicas < wanted)
        return `${updatedReplicas} of ${wanted} groups are new`;
    if (replicas > updatedReplicas)
        return `${replicas - updatedReplicas} groups of before are still there`;
    if (readyReplicas < wanted)
        return `${readyReplicas} of ${wanted} groups are ready`;
    if ((0,metadata_wire/* conditionOf */.rI)(conditions, 'Available')?.status !== 'True')
        return 'it is not Available yet';
    return undefined;
}

;// CONCATENATED MODULE: ./packages/kserve/src/behind.js



/**
 * Whether KServe has yet to act on a part of an InferenceService: the Deployment that it made has another version than the
 * InferenceService asks for. Its status does not say so, for it compares no generation of its own
 * (kserve/kserve pkg/apis/serving/v1beta1/inference_service_status.go). Pure.
 */
function describeBehind(isvc, { asked }, deployment) {
    const difference = differenceOf(asked, deployment.spec.template);
    const on = `InferenceService ${isvc.metadata.name}`;
    return difference && sentence(on, `its Deployment ${deployment.metadata.name}`, difference);
}
/** That KServe has made nothing yet for a part that the InferenceService has. */
function describeAbsent(isvc, { title, names }) {
    return `InferenceService ${isvc.metadata.name} has a ${title}, and KServe has not made ${names[0]} yet`;
}
/**
 * The same in Knative mode: the Knative Service has to have the version, and to serve its own latest Revision; then the
 * InferenceService has to name that one. Pure.
 * @param revision the latest that the Knative Service has created; undefined where it could not be read
 */
function describeBehindKnative(isvc, { title, asked }, service, revision) {
    const on = `InferenceService ${isvc.metadata.name}`;
    const difference = differenceOf(asked, service.spec.template);
    if (difference !== undefined)
        return sentence(on, `its Knative Service ${service.metadata.name}`, difference);
    const unready = notYetServing(service, revision);
    if (unready !== undefined)
        return unready;
    const named = isvc.status.components[title]?.latestReadyRevision;
    const latest = service.status.latestReadyRevisionName;
    return named === undefined || named === latest
        ? undefined
        : `${on} still names Revision ${named}, and ${latest} is the latest`;
}
/**
 * The same of an LLMInferenceService, of which Argo CD knows no health before 3.6: what KServe has made for it has to have the
 * model and the images, it has to call itself ready, and on several nodes all groups have to be of the newest template: its
 * condition Ready is the LeaderWorkerSet's Available. Its status has no generation either
 * (kserve/kserve pkg/controller/v1alpha2/llmisvc). Pure.
 */
function describeBehindLlm({ metadata, spec, status }, { deployment, groups }) {
    const on = `LLMInferenceService ${metadata.name}`;
    const ready = status.conditions.find(({ type }) => type === 'Ready');
    if (ready?.reason === 'Stopped')
        return undefined;
    const main = groups.find((one) => one.metadata.name.endsWith('-kserve-mn'));
    for (const [pod, template, child] of templatesOf(spec, deployment, main)) {
        const difference = differenceOf(askedOf(spec, pod), template, LLM_CONTAINER);
        if (difference !== undefined)
            return sentence(on, child, difference);
    }
    if (ready === undefined)
        return `${on} has no status yet`;
    if (ready.status !== 'True') {
        const why = [ready.reason, ready.message].filter((one) => one !== '').join(': ');
        return `${on} is not ready${why === '' ? '' : `: ${why}`}`;
    }
    for (const set of groups) {
        const unfinished = notYetRolledOut(set);
        if (unfinished !== undefined)
            return `LeaderWorkerSet ${set.metadata.name} of ${on} is not rolled out: ${unfinished}`;
    }
    return undefined;
}
/** Which pods are asked for, by which template they are made, and where that stands. */
function templatesOf({ template, worker }, deployment, main) {
    if (main === undefined)
        return deployment === undefined
            ? []
            : [[template, deployment.spec.template, `its Deployment ${deployment.metadata.name}`]];
    const { leaderTemplate, workerTemplate } = main.spec.leaderWorkerTemplate;
    const where = `its LeaderWorkerSet ${main.metadata.name}`;
    const leader = leaderTemplate === undefined ? [] : [[template, leaderTemplate, where]];
    return [...leader, [worker, workerTemplate, where]];
}
function askedOf({ model }, pod) {
    return { image: pod?.containers.find(({ name }) => name === LLM_CONTAINER)?.image, storageUri: model.uri };
}
const LLM_CONTAINER = 'main';
/** What is not noted in the template cannot be told: several `storageUris`, a container of another name. */
function differenceOf(asked, template, container) {
    const [image, storageUri] = [imageOf(template.spec, container), storageUriOf(template)];
    if (asked.storageUri !== undefined && storageUri !== undefined && storageUri !== asked.storageUri)
        return { asked: asked.storageUri, has: storageUri };
    if (asked.image !== undefined && image !== undefined && !isSameVersion(image, asked.image))
        return { asked: asked.image, has: image };
    return undefined;
}
function sentence(on, child, { asked, has }) {
    return `${on} asks for ${asked}, ${child} still has ${has}`;
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

;// CONCATENATED MODULE: ./packages/kserve/src/llm-inference-service.wire.js


const llm_inference_service_wire_isContainer = (0,validate_wire/* record */.g1)({ name: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''), image: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj) });
const isPodSpec = (0,validate_wire/* record */.g1)({ containers: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(llm_inference_service_wire_isContainer), []) });
const isLlmInferenceService = (0,validate_wire/* record */.g1)({
    metadata: metadata_wire/* isMetadata */.SE,
    spec: (0,validate_wire/* record */.g1)({
        model: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({ uri: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj) }), {}),
        template: (0,validate_wire/* optional */.lq)(isPodSpec),
        /** Of the workers, where it runs on several nodes. */
        worker: (0,validate_wire/* optional */.lq)(isPodSpec),
    }),
    status: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({ conditions: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(metadata_wire/* isCondition */.G3), []) }), { conditions: [] }),
});
const LLM_INFERENCE_SERVICES = {
    group: 'serving.kserve.io',
    version: 'v1alpha2',
    plural: 'llminferenceservices',
    kind: 'LLMInferenceService',
    check: isLlmInferenceService,
};

// EXTERNAL MODULE: ./packages/kubernetes/src/workload.wire.js
var workload_wire = __nccwpck_require__(6976);
;// CONCATENATED MODULE: ./packages/kubernetes/src/knative.wire.js



// Fields: knative/serving pkg/apis/serving/v1 service_types.go, route_types.go, revision_types.go.
const isTraffic = (0,validate_wire/* record */.g1)({
    revisionName: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    latestRevision: (0,validate_wire/* withDefault */.IQ)(validate_wire/* boolean */.zM, false),
    percent: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
});
const isKnativeService = (0,validate_wire/* record */.g1)({
    metadata: metadata_wire/* isMetadata */.SE,
    spec: (0,validate_wire/* record */.g1)({
        template: (0,validate_wire/* record */.g1)({
            metadata: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({ annotations: metadata_wire/* isStringMap */.UA }), { annotations: {} }),
            spec: workload_wire/* isPodSpec */.nW,
        }),
        traffic: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isTraffic), []),
    }),
    status: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({
        observedGeneration: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
        latestCreatedRevisionName: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
        latestReadyRevisionName: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
        conditions: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(metadata_wire/* isCondition */.G3), []),
        traffic: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isTraffic), []),
    }), {
        observedGeneration: 0,
        latestCreatedRevisionName: '',
        latestReadyRevisionName: '',
        conditions: [],
        traffic: [],
    }),
});
const isRevision = (0,validate_wire/* record */.g1)({
    metadata: metadata_wire/* isMetadata */.SE,
    spec: workload_wire/* isPodSpec */.nW,
    status: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({
        conditions: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(metadata_wire/* isCondition */.G3), []),
        containerStatuses: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({ name: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''), imageDigest: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj) })), []),
    }), { conditions: [], containerStatuses: [] }),
});
const KNATIVE_SERVICES = {
    group: 'serving.knative.dev',
    version: 'v1',
    plural: 'services',
    kind: 'Service',
    check: isKnativeService,
};
const REVISIONS = {
    group: 'serving.knative.dev',
    version: 'v1',
    plural: 'revisions',
    kind: 'Revision',
    check: isRevision,
};

;// CONCATENATED MODULE: ./packages/kubernetes/src/leader-worker-set.wire.js



const leader_worker_set_wire_isStatus = (0,validate_wire/* record */.g1)({
    /** Older versions have none. */
    observedGeneration: (0,validate_wire/* optional */.lq)(validate_wire/* number */.ai),
    replicas: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    updatedReplicas: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    readyReplicas: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    conditions: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(metadata_wire/* isCondition */.G3), []),
});
const isLeaderWorkerSet = (0,validate_wire/* record */.g1)({
    metadata: metadata_wire/* isMetadata */.SE,
    spec: (0,validate_wire/* record */.g1)({
        /** Groups of one leader and its workers. */
        replicas: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 1),
        leaderWorkerTemplate: (0,validate_wire/* record */.g1)({ leaderTemplate: (0,validate_wire/* optional */.lq)(workload_wire/* isTemplate */.Fl), workerTemplate: workload_wire/* isTemplate */.Fl }),
    }),
    status: (0,validate_wire/* withDefault */.IQ)(leader_worker_set_wire_isStatus, leader_worker_set_wire_isStatus({})),
});
const LEADER_WORKER_SETS = {
    group: 'leaderworkerset.x-k8s.io',
    version: 'v1',
    plural: 'leaderworkersets',
    kind: 'LeaderWorkerSet',
    check: isLeaderWorkerSet,
};

;// CONCATENATED MODULE: ./packages/argocd/src/model/tree-pods.js


/**
 * The pods of a Deployment as a verdict on its rollout needs them: those that were read as they are in the cluster, the
 * others as the tree shows them. A pod that is meant to stay is Healthy there exactly when it is ready (gitops-engine
 * pkg/health/health_pod.go).
 * @param read by uid
 */
function podsOfDeployment(tree, deployment, read) {
    const sets = childrenOf(tree, deployment, 'ReplicaSet');
    const nodes = sets.flatMap((set) => childrenOf(tree, set, 'Pod'));
    return nodes.map((node) => read.get(node.uid) ?? podOf(node));
}
function podOf({ name, namespace, uid, parentRefs, info, health }) {
    const reason = info.find((one) => one.name === 'Status Reason')?.value ?? '';
    const isGoing = reason.endsWith('Terminating') || reason === 'Unknown';
    const ready = { type: 'Ready', status: health?.status === 'Healthy' ? 'True' : 'False' };
    return pod_wire/* PODS */.D.check({
        metadata: {
            name,
            namespace,
            uid,
            ownerReferences: parentRefs.map((parent) => ({ ...parent, name: '' })),
            ...(isGoing ? { deletionTimestamp: '' } : {}),
        },
        spec: {},
        status: { phase: 'Running', conditions: [ready] },
    });
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/look/served.js



const NOTHING_SERVED = { behind: undefined, rollouts: [], unproven: [] };
/** A part in Standard mode. */
async function lookAtDeployment(sight, { isvc, component, node }) {
    const rollout = await rolloutOf(sight, node);
    if (rollout?.deployment === undefined)
        return NOTHING_SERVED;
    const behind = describeBehind(isvc, component, rollout.deployment);
    return { ...NOTHING_SERVED, behind, rollouts: [rollout] };
}
/** A part in Knative mode: its Knative Service, the newest Revision, and the Deployment of that one. */
async function lookAtKnative(sight, { isvc, component, node }) {
    const { argocd, name, tree } = sight;
    const configurations = childrenOf(tree, node, 'Configuration');
    const revisions = configurations.flatMap((one) => childrenOf(tree, one, REVISIONS.kind));
    const newest = revisions.find((one) => !isOutdated(tree, one));
    const [service, revision] = await Promise.all([
        argocd.resource(name, node, KNATIVE_SERVICES.check),
        newest && argocd.resource(name, newest, REVISIONS.check),
    ]);
    if (service === undefined)
        return NOTHING_SERVED;
    const own = newest === undefined ? [] : childrenOf(tree, newest, workload_wire/* DEPLOYMENTS */.$i.kind);
    const rollouts = await Promise.all(own.map((one) => rolloutOf(sight, one)));
    return {
        ...NOTHING_SERVED,
        behind: describeBehindKnative(isvc, component, service, revision),
        rollouts: rollouts.filter((one) => one !== undefined),
    };
}
/** A Deployment, its newest ReplicaSet and its pods; undefined where it is gone. */
async function rolloutOf({ argocd, name, tree, pods }, node) {
    const newest = newestSet(tree, node);
    const [deployment, replicaSet] = await Promise.all([
        argocd.resource(name, node, workload_wire/* DEPLOYMENTS */.$i.check),
        newest && argocd.resource(name, newest, workload_wire/* REPLICA_SETS */.t4.check),
    ]);
    if (deployment === undefined)
        return undefined;
    const replicaSets = replicaSet === undefined ? [] : [replicaSet];
    return { deployment, replicaSets, pods: podsOfDeployment(tree, node, pods) };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/look/behind.js






/**
 * Reads the InferenceServices and LLMInferenceServices of a tree, and what KServe has made for them, as they are in the
 * cluster: their own status says nothing of a specification that KServe has not read.
 */
function createServedReader(argocd, name) {
    return async (tree, pods) => {
        const sight = { argocd, name, tree, pods };
        const services = tree.nodes.flatMap((node) => {
            if (node.group !== INFERENCE_SERVICES.group)
                return [];
            if (node.kind === INFERENCE_SERVICES.kind)
                return [lookAtService(sight, node)];
            return node.kind === LLM_INFERENCE_SERVICES.kind ? [lookAtLlm(sight, node)] : [];
        });
        const served = (await Promise.all(services)).flat();
        return {
            behind: served.find(({ behind }) => behind !== undefined)?.behind,
            rollouts: served.flatMap(({ rollouts }) => rollouts),
            unproven: served.flatMap(({ unproven }) => unproven),
        };
    };
}
async function lookAtService(sight, node) {
    const isvc = await sight.argocd.resource(sight.name, node, INFERENCE_SERVICES.check);
    if (isvc === undefined)
        return [];
    const components = componentsOf(isvc);
    const children = childrenOfService(sight.tree, node);
    const isKnown = components.some((one) => behind_find(children.all, one) !== undefined);
    return Promise.all(components.map((component) => lookAtPart(sight, children, { isvc, component, isKnown })));
}
function childrenOfService(tree, node) {
    const deployments = childrenOf(tree, node, workload_wire/* DEPLOYMENTS */.$i.kind);
    const services = childrenOf(tree, node, KNATIVE_SERVICES.kind);
    const knative = services.filter(({ group }) => group === KNATIVE_SERVICES.group);
    return { deployments, knative, all: [...deployments, ...knative] };
}
function behind_find(nodes, { names }) {
    return nodes.find(({ name }) => names.includes(name));
}
/** @param isKnown whether anything has the names that KServe gives: in ModelMesh mode nothing does, and nothing can be told */
async function lookAtPart(sight, { deployments, knative }, part) {
    const { isvc, component, isKnown } = part;
    const service = behind_find(knative, component);
    if (service !== undefined)
        return lookAtKnative(sight, { isvc, component, node: service });
    const deployment = behind_find(deployments, component);
    if (deployment !== undefined)
        return lookAtDeployment(sight, { isvc, component, node: deployment });
    return isKnown ? { ...NOTHING_SERVED, behind: describeAbsent(isvc, component) } : NOTHING_SERVED;
}
/** On one node it has a Deployment, on several a LeaderWorkerSet; where neither can be seen its own word has to do, and that is said. */
async function lookAtLlm(sight, node) {
    const { argocd, name, tree } = sight;
    const main = childrenOf(tree, node, workload_wire/* DEPLOYMENTS */.$i.kind).find((one) => one.name === `${node.name}-kserve`);
    const sets = childrenOf(tree, node, LEADER_WORKER_SETS.kind);
    const [llm, rollout, ...read] = await Promise.all([
        argocd.resource(name, node, LLM_INFERENCE_SERVICES.check),
        main && rolloutOf(sight, main),
        ...sets.map((one) => argocd.resource(name, one, LEADER_WORKER_SETS.check)),
    ]);
    if (llm === undefined)
        return [];
    const groups = read.filter((one) => one !== undefined);
    const behind = describeBehindLlm(llm, { deployment: rollout?.deployment, groups });
    const isSeen = rollout !== undefined || groups.length > 0;
    const taken = `Rollout not proven: no Deployment and no LeaderWorkerSet of LLMInferenceService ${node.name} can be seen, and its own word was taken`;
    return [
        {
            behind,
            rollouts: rollout === undefined ? [] : [rollout],
            unproven: behind !== undefined || isSeen ? [] : [taken],
        },
    ];
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/look/below.js



/** @param say told once of what is paused, or not proven: a wait that accepts that ends well, and the reader has to know */
function createBelow(argocd, name, say = () => { }) {
    const said = new Set();
    const sayOnce = (note) => {
        if (!said.has(note))
            say(`${name.name}: ${note}`);
        said.add(note);
    };
    const read = createServedReader(argocd, name);
    return {
        tree: () => argocd.tree(name),
        pods: createPodReader(argocd, name),
        async served(tree, pods) {
            const served = await read(tree, pods);
            for (const note of served.unproven)
                sayOnce(note);
            return served;
        },
        async paused({ nodes }) {
            const suspended = nodes.filter(({ kind, group, health }) => kind === ROLLOUTS.kind && group === ROLLOUTS.group && health?.status === 'Suspended');
            const rollouts = await Promise.all(suspended.map((node) => argocd.resource(name, node, ROLLOUTS.check)));
            const notes = rollouts.flatMap((rollout) => (rollout && describePaused(rollout)) ?? []);
            for (const note of notes)
                sayOnce(note);
            return notes;
        },
        async declared(tree) {
            const nodes = askingNodes(tree);
            const objects = await Promise.all(nodes.map((node) => argocd.resource(name, node, validate_wire/* unknownValue */.Uo)));
            return nodes.map((node, index) => ({ on: `${node.kind} ${node.name}`, ...versionsIn(objects[index]) }));
        },
    };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/history/place.js


/** Where Argo CD is, seen from the wanted revision: by Git, or by name where a revision is none of Git. */
async function relateTo(application, ancestry, { source, revision }) {
    if (ancestry === ANY_REVISION) {
        const relation = isComparedWithNow(application) ? 'same' : 'older';
        return { relation, hydrated: 'same', proposal: undefined };
    }
    if (source.kind === 'helm' || source.kind === 'oci') {
        const relation = (0,model_source/* relateVersion */.Sg)(application, source, revision);
        return { relation, hydrated: 'same', proposal: undefined };
    }
    const place = source.kind === 'hydrated' ? await relateHydrated(application, ancestry) : undefined;
    const relation = place?.relation ?? (await ancestry.relate((0,model_source/* revisionOf */.DT)(application.status.sync, source)));
    const proposal = relation === 'diverged' ? await ancestry.proposal() : undefined;
    return { relation, hydrated: place?.hydrated ?? 'same', proposal };
}
/**
 * Whether what Argo CD says is of what the sources name now: after an app of apps has moved the version of a chart its child
 * is Synced and Healthy at the old one, until it is compared anew.
 */
function isComparedWithNow({ spec, status }) {
    // Of a source hydrator the manifests are compared with what it wrote, wherever that is.
    if (spec.sourceHydrator !== undefined)
        return true;
    const listOf = (of) => of.sources.length > 0 ? of.sources : [of.source];
    const [now, compared] = [listOf(spec), listOf(status.sync.comparedTo)];
    return now.length === compared.length && now.every((one, at) => isSame(one, compared[at]));
}
function isSame(one, other) {
    if (one === undefined || other === undefined)
        return one === other;
    const { repoURL, path, chart, targetRevision } = one;
    return (repoURL === other.repoURL &&
        path === other.path &&
        chart === other.chart &&
        targetRevision === other.targetRevision);
}
/** The wanted commit by the one that manifests were written from; then what was written by what is synced. */
async function relateHydrated(application, ancestry) {
    const { spec, status } = application;
    const { drySHA = '', hydratedSHA = '' } = status.sourceHydrator?.currentOperation ?? {};
    const relation = await ancestry.relate(drySHA);
    const branch = spec.sourceHydrator?.syncSource.targetBranch ?? '';
    const current = status.sync.revision;
    if (hydratedSHA === '')
        return { relation, hydrated: 'unknown' };
    return { relation, hydrated: await ancestry.relateWritten(hydratedSHA, branch, current) };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/look/back-off.js
/** Refreshes get lost (argo-cd #28603) and commits take time to show, so they are repeated, ever more rarely. */
const AFTER_MS = [3_000, 5_000, 10_000, 20_000, 30_000];
/** When what may have been in vain is to be done again: at once, then after 3, 5, 10, 20 and each 30 seconds. */
function backOff(now) {
    let times = 0;
    let next = -Infinity;
    return {
        isDue: () => now() >= next,
        did() {
            next = now() + (AFTER_MS[times] ?? 30_000);
            times += 1;
        },
    };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/look/found.js

const NOTHING = {
    tree: undefined,
    pods: new Map(),
    behind: undefined,
    rollouts: [],
    paused: [],
    unproven: [],
    declared: [],
    overrideFile: undefined,
};
/** What lies below: the pods that are not well always, and what proves more only where nothing else is left to wait for. */
async function lookBelow(application, ancestry, { below, isDeep, isVersionExpected, name, source }, isRendered) {
    const isVersionDue = isVersionExpected && found_isWell(application);
    if (!isDeep && !isVersionDue)
        return NOTHING;
    const tree = await below.tree();
    const pods = isDeep ? await below.pods(tree) : NOTHING.pods;
    if (!found_isWell(application))
        return { ...NOTHING, tree, pods };
    const [served, paused, declared] = await Promise.all([
        isDeep ? below.served(tree, pods) : NOTHING,
        isDeep ? below.paused(tree) : [],
        isVersionExpected ? below.declared(tree) : [],
    ]);
    const overrideFile = isVersionExpected && isRendered ? await readOverride(application, ancestry, { name, source }) : undefined;
    const { behind, rollouts, unproven } = served;
    return { tree: isDeep ? tree : undefined, pods, behind, rollouts, paused, unproven, declared, overrideFile };
}
/** What an image updater writes beside the manifests (argo-cd util/argo, `.argocd-source-<application>.yaml`). */
async function readOverride({ status }, ancestry, { name, source: { source, kind } }) {
    if (kind !== 'git')
        return undefined;
    const folder = source.path.replace(/^\.?\/+|\/+$/g, '');
    const path = `${folder === '' || folder === '.' ? '' : `${folder}/`}.argocd-source-${name.name}.yaml`;
    const text = await ancestry.readFile(status.sync.revision || status.sync.revisions[0] || '', path);
    return text === undefined ? undefined : { path, text };
}
/** Nothing is left to wait for, as far as the Application itself tells; `accept-suspended` takes Suspended for that, too. */
function found_isWell(application) {
    const { sync, health } = application.status;
    const isGood = health.status === 'Healthy' || health.status === 'Suspended';
    return sync.status === 'Synced' && isGood && !isSyncing(application);
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/look/rendering.js


/** What has been asked for that long is taken for done, as an error of a comparison is then taken for one. */
const PATIENCE_MS = 60_000;
/**
 * A hard refresh gets lost like any other one: it is answered, and what was under way has compared the old manifests
 * (argo-cd #28603). `reconciledAt` is when a comparison began (argo-cd controller/appcontroller.go
 * processAppRefreshQueueItem), in whole seconds: one that began after the request has rendered.
 */
function createRendering({ now }) {
    const again = backOff(now);
    let first;
    let isSeen = false;
    const isDone = () => isSeen || (first !== undefined && now() - first.at >= PATIENCE_MS);
    return {
        isDone,
        isDue: () => !isDone() && again.isDue(),
        asked(comparedAt) {
            first ??= { at: now(), comparedAt };
            again.did();
        },
        answered(application) {
            if (first === undefined)
                return;
            const began = comparedAtOf(application);
            isSeen ||= began > first.comparedAt && began >= Math.floor(first.at / 1_000) * 1_000;
        },
    };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/look/observe.js






/** Looks at one Application, and makes Argo CD look at Git while it is not at the wanted commit. */
function createObserver(world, argocd, ancestry, options) {
    const refreshes = backOff(world.now);
    const rendering = createRendering(world);
    let newest = 0;
    let comparedAt = -Infinity;
    let underWay = 0;
    const { name } = options;
    const stateOf = async (application) => {
        newest = Math.max(newest, observe_versionOf(application));
        comparedAt = Math.max(comparedAt, comparedAtOf(application));
        const isRendered = rendering.isDone();
        const place = await relateTo(application, ancestry, options);
        const failed = failedRevision(application, options.source);
        const isAsked = place.relation === 'newer' && failed !== undefined && options.source.kind === 'git';
        const operated = isAsked ? await ancestry.relate(failed) : 'unknown';
        const found = isThere(place) ? await lookBelow(application, ancestry, options, isRendered) : NOTHING;
        const isStuck = isThere(place) && isIdle(application);
        const blocking = isStuck ? await blockingOf(argocd, name) : undefined;
        const turn = isIdle(application) ? await readTurn(argocd, application) : undefined;
        return { application, ...place, operated, ...found, blocking, turn, isRendered, now: world.now() };
    };
    return {
        isRefreshDue: () => refreshes.isDue() ||
            (underWay === 0 && (options.wantsRefresh() || (options.wantsRendering() && rendering.isDue()))),
        async refresh() {
            refreshes.did();
            underWay += 1;
            const hard = options.wantsRendering() && rendering.isDue();
            if (hard)
                rendering.asked(comparedAt);
            const refreshed = await argocd
                .refresh(name, { hard })
                .catch((error) => ignorePassing(world, error))
                .finally(() => {
                underWay -= 1;
            });
            if (hard && refreshed !== undefined)
                rendering.answered(refreshed);
            return refreshed;
        },
        async take(application) {
            const isOld = () => observe_versionOf(application) < newest;
            if (isOld())
                return undefined;
            const state = await stateOf(application);
            // Meanwhile a look may have seen more.
            return isOld() ? undefined : state;
        },
    };
}
/** Opaque by the letter of Kubernetes; Argo CD itself orders events by it (server/application watch). */
function observe_versionOf({ metadata }) {
    return Number(metadata.resourceVersion) || 0;
}
/** Out of sync, and nothing is being done about it. */
function isIdle(application) {
    return application.status.sync.status === 'OutOfSync' && !isSyncing(application);
}
/** Asked only where it explains something. That it cannot be told is no failure. */
async function blockingOf(argocd, name) {
    return argocd.blockingWindow(name).catch(() => undefined);
}
/**
 * A refresh may hang for ever upstream (argo-cd #21613); the plain look beside it tells whether the server is there, and
 * whether the Application still is.
 */
function ignorePassing(world, error) {
    if (!(error instanceof src_failure/* Failure */.HR) || !(error.retryable || error.kind === 'not-found'))
        throw error;
    world.log.debug(`The refresh did not come back: ${error.message}`);
    return undefined;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/look/subject.js





/** Makes observer and judge of one Application, by the inputs of the step. */
function createSubject(inputs, world, { argocd, name, source, ancestry }) {
    const { revision, expectedImages: images, expectedStorageUri: storageUri } = inputs;
    const want = {
        revision,
        source,
        images,
        storageUri,
        settle: inputs.settle,
        degradedGrace: inputs.degradedGrace,
        acceptNewer: inputs.onSuperseded === 'accept',
        acceptSuspended: inputs.acceptSuspended,
        explain: ({ trouble, pod, namespace }) => explainPodTrouble(trouble, { pod, namespace, showLogs: inputs.includePodLogs }),
    };
    const judge = createLiveJudge(want, inputs.onBlocked);
    const observer = createObserver(world, argocd, ancestry, {
        name,
        source,
        revision,
        isVersionExpected: (0,src_inputs/* isVersionExpected */.J)(inputs),
        below: createBelow(argocd, name, world.log.warn),
        isDeep: inputs.deepHealth,
        wantsRefresh: () => judge.wantsRefresh,
        wantsRendering: () => judge.wantsRendering,
    });
    return { judge, observer };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/frugal.js

/** What has not changed is asked for again after that long all the same: a pod shows in no Application. */
const AGAIN_AFTER_MS = 60_000;
/** Argo CD pushes every change of a status, many for one sync: between them the tree has no news that cannot wait. */
const SAME_MOMENT_MS = 1_000;
/**
 * For one Application that waits to be synced: behind a closed window, in the queue of an ApplicationSet, during a long
 * hook. Its tree is read again when the Application has changed or something below it is not well; once it is synced,
 * at every look, for then the tree decides.
 */
function createFrugal(world, argocd) {
    let seen;
    const trees = createMemory(world);
    const windows = createMemory(world);
    const sets = createMemory(world);
    return {
        saw(application) {
            seen = application;
        },
        argocd: {
            ...argocd,
            tree: (name) => {
                const isWell = (tree) => unfinishedNodes(tree).length === 0;
                const mayBeOld = seen !== undefined && !decides(seen);
                const ages = {
                    same: mayBeOld ? AGAIN_AFTER_MS : SAME_MOMENT_MS,
                    other: mayBeOld ? SAME_MOMENT_MS : 0,
                };
                return trees.recall(fingerprint(seen), () => argocd.tree(name), ages, isWell);
            },
            blockingWindow: (name) => windows.recall('', () => argocd.blockingWindow(name), KEPT),
            applicationSet: (name, namespace) => sets.recall(`${namespace}/${name}`, () => argocd.applicationSet(name, namespace), KEPT),
        },
    };
}
const KEPT = { same: AGAIN_AFTER_MS, other: 0 };
function createMemory({ now }) {
    let kept;
    return {
        async recall(key, ask, ages, mayBeKept = () => true) {
            if (kept !== undefined && now() - kept.at < (kept.key === key ? ages.same : ages.other))
                return kept.value;
            const value = await ask();
            kept = mayBeKept(value) ? { key, at: now(), value } : undefined;
            return value;
        },
    };
}
/** Whether its tree can bring the verdict. */
function decides(application) {
    return application.status.sync.status === 'Synced' && !isSyncing(application);
}
/** Everything that a sync changes; when it was last compared says nothing. */
function fingerprint(application) {
    if (application === undefined)
        return '';
    const { metadata, operation, status } = application;
    const { sync, health, operationState, resources, summary } = status;
    return JSON.stringify([metadata.uid, operation, sync, health, operationState, resources, summary]);
}

// EXTERNAL MODULE: ./packages/wait/src/backoff.js
var backoff = __nccwpck_require__(9933);
;// CONCATENATED MODULE: ./packages/wait/src/ending.js

/** What a wait says while it cannot see. */
function failedLook(failure) {
    return `the last look failed: ${failure?.details.what ?? ''}: ${failure?.details.seen ?? ''}`;
}
/** What was seen last, or, where nothing ever was, the trouble that kept it from being seen: that one has the advice. */
function timeoutFailure({ what, on, next }, { looks, reason }, trouble, waited) {
    const seconds = Math.round(waited / 1_000);
    if (trouble !== undefined && looks === 0)
        return (0,src_failure/* withDetails */.FE)(trouble, { seen: `${trouble.details.seen}, for all of ${seconds} s` });
    return new src_failure/* Failure */.HR({
        kind: 'timeout',
        code: 'WAIT_TIMEOUT',
        what: `Waited in vain for ${what}`,
        on,
        seen: `after ${seconds} s: ${reason}${trouble === undefined ? '' : `; ${failedLook(trouble)}`}`,
        next,
    });
}

;// CONCATENATED MODULE: ./packages/wait/src/feed.js


/** A stream that lived for so long has not failed in a row. */
const STABLE_MS = 30_000;
const REOPEN = { base: 1_000, cap: 10_000 };
/**
 * Reads `events` in the background, and opens them again where they end or break. Neither is a failure of the wait:
 * polling goes on, and a break wakes it, for what was not pushed has to be looked for.
 */
function createFeed(world, events) {
    const controller = new AbortController();
    const inbox = { newest: undefined, isLive: false, wake: undefined };
    const signal = AbortSignal.any([world.signal, controller.signal]);
    if (events !== undefined)
        void follow(() => events(signal), { ...world, signal }, inbox);
    return {
        take() {
            const state = inbox.newest;
            inbox.newest = undefined;
            return state;
        },
        async next(ms) {
            if (inbox.newest !== undefined)
                return;
            const arrival = new Promise((resolve) => {
                inbox.wake = resolve;
            });
            await Promise.race([arrival, world.sleep(ms)]);
            inbox.wake = undefined;
        },
        get isLive() {
            return inbox.isLive;
        },
        close: () => controller.abort(),
    };
}
/** Streams, one after the other, until the wait is over or the server says that there will be none. */
async function follow(events, world, inbox) {
    for (let breaks = 0; !world.signal.aborted; breaks += 1) {
        const opened = world.now();
        const end = await read(events, world, inbox);
        const wasLive = inbox.isLive;
        inbox.isLive = false;
        if (world.signal.aborted || end === 'refused')
            return;
        if (world.now() - opened >= STABLE_MS)
            breaks = 0;
        // One that breaks again and again must not drive the looks.
        if (wasLive && breaks === 0)
            inbox.wake?.();
        await world
            .sleep(REOPEN.base / 2 + (0,backoff/* fullJitter */.G)(breaks, { ...REOPEN, random: world.random }))
            .catch(() => { });
    }
}
/** Hands on every state of one stream; `refused` where it will not be better when it is opened again. */
async function read(events, { signal, log }, inbox) {
    try {
        for await (const value of events()) {
            if (signal.aborted)
                return 'ended';
            inbox.newest = { value };
            inbox.isLive = true;
            inbox.wake?.();
        }
        if (!signal.aborted)
            log.debug('The event stream ended; polling goes on.');
        return 'ended';
    }
    catch (thrown) {
        if (!signal.aborted)
            log.debug(`The event stream broke; polling goes on. ${String(thrown)}`);
        return thrown instanceof src_failure/* Failure */.HR && !thrown.retryable ? 'refused' : 'ended';
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
    const timer = setTimeout(() => over.reject(OVERDUE), (0,src_timer/* timerOf */.p)(ms));
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
            trouble.add((0,src_thrown/* toFailure */.w2)(thrown));
            return undefined;
        }
        finally {
            pollDue = world.now() + intervalAt(options, waited(), feed);
        }
    };
}
/** Until the next look: sooner where states should be pushed and are not. */
function intervalAt({ interval, intervalWithoutEvents = Infinity }, waited, { isLive }) {
    const regular = typeof interval === 'number' ? interval : interval(waited);
    return isLive ? regular : Math.min(regular, intervalWithoutEvents);
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
            await pause(world, options, feed, waited());
        }
    }
    catch (thrown) {
        if (thrown === OVERDUE)
            throw timeoutFailure(options, { ...seen, reason: `${seen.reason}; the last look did not come back` }, trouble.last(), waited());
        const overtaken = thrown === world.signal.reason && thrown instanceof src_failure/* Failure */.HR && thrown.kind === 'timeout';
        throw overtaken ? timeoutFailure(options, seen, trouble.last(), waited()) : thrown;
    }
    finally {
        feed.close();
    }
}
async function pause(world, options, feed, waited) {
    const rest = Math.max(0, options.timeout - waited);
    const regular = (0,backoff/* spread */.i)(intervalAt(options, waited, feed), world.random);
    await feed.next(Math.min(regular, options.dueIn?.() ?? Infinity, rest));
}

;// CONCATENATED MODULE: ./packages/argocd/src/model/family.js
/** The Applications that an Application made (app of apps), by its managed resources. What it is about to prune is none. */
function childrenNamed({ status }) {
    return status.resources
        .filter(({ group, kind, requiresPruning }) => {
        return group === 'argoproj.io' && kind === 'Application' && !requiresPruning;
    })
        .map(({ namespace, name }) => ({ namespace, name }));
}
/** Whether an ApplicationSet made it (argo-cd applicationset/controllers sets the owner). */
function isOwnedBySet({ metadata }, applicationSet) {
    return metadata.ownerReferences.some(({ kind, name }) => kind === 'ApplicationSet' && name === applicationSet);
}
/** Whether it is on its way out: a selector finds it none the less (argo-cd #15830). */
function isDeleting({ metadata }) {
    return metadata.deletionTimestamp !== undefined;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/select.js



/** @throws Failure where Argo CD cannot be asked, or hides an Application */
async function selectApplications(argocd, asked) {
    if (asked.application.length > 0)
        return byName(argocd, asked);
    const { selector, project, appNamespace, applicationset } = asked;
    const found = await argocd.list({ selector, project, appNamespace });
    const matching = found.filter((one) => applicationset === undefined || isOwnedBySet(one, applicationset));
    const applications = matching.filter((one) => !isDeleting(one));
    const deleting = matching.filter(isDeleting).map(({ metadata }) => metadata.name);
    return {
        applications,
        deleting,
        missing: applications.length === 0 ? nothingMatches(asked, deleting) : undefined,
    };
}
/** A name is asked for by itself: Argo CD then says whether it is missing or hidden. */
async function byName(argocd, { application: names, project, appNamespace }) {
    const missing = [];
    const found = await Promise.all(names.map((name) => argocd.get({ name, project, appNamespace }).catch((thrown) => {
        if (!(thrown instanceof src_failure/* Failure */.HR) || thrown.kind !== 'not-found')
            throw thrown;
        missing.push(thrown);
        return undefined;
    })));
    return { applications: found.filter((one) => one !== undefined), deleting: [], missing: missing[0] };
}
function nothingMatches({ selector, applicationset, project }, deleting) {
    const by = applicationset === undefined ? `the selector ${selector}` : `the ApplicationSet ${applicationset}`;
    const others = deleting.length === 0
        ? ''
        : `; ${formatCount(deleting.length, 'Application')} that match are being deleted`;
    return new src_failure/* Failure */.HR({
        kind: 'not-found',
        code: 'ARGOCD_NO_MATCH',
        what: 'No Application is meant',
        on: by,
        seen: `no Application that the token may see matches${project === undefined ? '' : ` in the project ${project}`}${others}`,
        next: `Check ${applicationset === undefined ? '`selector` against the labels of the Applications' : '`applicationset`: Applications name it as their owner'}, and grant the token: p, <subject>, applications, get, ${project ?? '<project>'}/*, allow`,
    });
}
/** How an Application is asked for: as it was named, or, where it was found, as it says itself. */
function select_nameOf({ metadata, spec }, { application: names, project, appNamespace }) {
    const { name, namespace } = metadata;
    if (names.includes(name))
        return { name, project, appNamespace };
    return { name, project: spec.project || undefined, appNamespace: namespace || undefined };
}
/** One request that brings all of them: by name where it is one, by the project where they have one in common. */
function queryFor(names, selector) {
    const [first, ...others] = names;
    if (first !== undefined && others.length === 0)
        return first;
    const common = (value) => new Set(names.map(value)).size === 1 && first !== undefined ? value(first) : undefined;
    return {
        selector,
        project: common(({ project }) => project),
        appNamespace: common(({ appNamespace }) => appNamespace),
    };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/appear.js



/** An app of apps makes its Applications a moment after the commit. */
const APPEAR_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 2_000;
/**
 * The Applications that are meant, once all of them are there.
 * @throws Failure `not-found` where one has not come within a minute; as {@link selectApplications}
 */
async function waitForApplications(argocd, inputs, world) {
    let missing;
    const timeout = Math.min(APPEAR_WITHIN_MS, inputs.timeout);
    try {
        const { value } = await waitFor(world, {
            what: 'the Application to be there',
            on: 'Argo CD',
            observe: () => selectApplications(argocd, inputs),
            evaluate: (selection) => {
                missing = selection.missing;
                return missing === undefined ? done(selection) : pending(missing.details.seen);
            },
            interval: LOOK_EVERY_MS,
            timeout,
            next: '',
        });
        return value;
    }
    catch (thrown) {
        const isOver = thrown instanceof src_failure/* Failure */.HR && thrown.code === 'WAIT_TIMEOUT';
        if (!isOver || missing === undefined)
            throw thrown;
        throw (0,src_failure/* withDetails */.FE)(missing, { seen: `${missing.details.seen}, for ${Math.round(timeout / 1_000)} s` });
    }
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/sync.js

/** Automated sync has its first chance: it begins within seconds of the comparison. */
const AUTOMATED_FIRST_MS = 30_000;
/** An operation shows in the Application at once, in what a cache or a stream has of it a little later. */
const SHOWS_WITHIN_MS = 5_000;
const sync_NOTHING = { kind: 'none' };
/**
 * Whether to start a sync. Never one beside another, nor one that a window or an ApplicationSet's order forbids, nor
 * before Argo CD has seen the commit; and where Argo CD syncs by itself only what it has left lying. Pure.
 */
function planSync(state, policy, { idleSince, begunAt }) {
    const { application, blocking, turn, now } = state;
    if (policy === 'never' || begunAt !== undefined || !isThere(state) || isSyncing(application))
        return sync_NOTHING;
    if (blocking !== undefined || turn !== undefined)
        return sync_NOTHING;
    const prune = application.spec.syncPolicy?.automated?.prune ?? false;
    if (policy === 'always')
        return { kind: 'sync', prune, why: '`sync` is always' };
    if (application.status.sync.status !== 'OutOfSync')
        return sync_NOTHING;
    if (!syncsByItself(application))
        return { kind: 'sync', prune, why: 'it is OutOfSync and automated sync is off' };
    const isLeft = idleSince !== undefined && now - idleSince >= AUTOMATED_FIRST_MS;
    return isLeft
        ? { kind: 'sync', prune, why: 'automated sync has left it OutOfSync (argo-cd #27875)' }
        : sync_NOTHING;
}
/** Since when the Application has been left alone out of sync, after this look. Pure. */
function idleSince(before, { application, now }) {
    return sync_isIdle(application) ? (before ?? now) : undefined;
}
/**
 * Whether a look has not seen the sync that this step has just begun, or was made before it: what it says of an Application
 * that nobody syncs is no verdict. Pure.
 */
function precedesSync({ application, now }, { begunAt }) {
    return begunAt !== undefined && now - begunAt < SHOWS_WITHIN_MS && sync_isIdle(application);
}
function sync_isIdle(application) {
    return application.status.sync.status === 'OutOfSync' && !isSyncing(application);
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/timeline.js

/** @param isGreen whether everything was good at this look */
function phaseOf(state, isGreen) {
    if (isGreen)
        return 'settle';
    if (!isThere(state))
        return 'commit';
    const { application } = state;
    return isSyncing(application) || application.status.sync.status !== 'Synced' ? 'sync' : 'health';
}
/** The spans up to a look that saw this phase: the last one goes on, or ends where the new one begins. */
function extend(spans, phase, now, started) {
    const last = spans.at(-1);
    const from = last?.to ?? started;
    if (last?.phase === phase)
        return [...spans.slice(0, -1), { ...last, to: now }];
    const closed = last === undefined ? [] : [...spans.slice(0, -1), { ...last, to: now }];
    return [...closed, { phase, from: last === undefined ? from : now, to: now }];
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/member.js




function createMember(application, options) {
    return {
        ...options,
        namespace: application.metadata.namespace,
        eyes: options.makeEyes(application),
        state: undefined,
        judged: undefined,
        reason: 'nothing was seen yet',
        ending: undefined,
        spans: [],
        missingSince: undefined,
        sync: { idleSince: undefined, begunAt: undefined },
        isExpanded: false,
        next: undefined,
        work: undefined,
    };
}
/**
 * Hands a member its Application as it was seen, and resolves when that has been looked into. Of several that come
 * meanwhile only the newest is: Argo CD pushes every change of a status, and each look costs a tree.
 */
function offer(member, application) {
    const { next } = member;
    const isOld = next !== undefined && member_versionOf(next) > member_versionOf(application);
    if (!isOld)
        member.next = application;
    member.work ??= lookInto(member).finally(() => {
        member.work = undefined;
    });
    return member.work;
}
async function lookInto(member) {
    for (let application = member.next; application !== undefined; application = member.next) {
        member.next = undefined;
        member.missingSince = undefined;
        if (application.metadata.uid !== member.eyes.uid)
            member.eyes = member.makeEyes(application);
        const { eyes } = member;
        eyes.saw(application);
        const state = await eyes.subject.observer.take(application);
        if (state !== undefined && eyes === member.eyes)
            member.state = state;
    }
}
function member_versionOf({ metadata }) {
    return Number(metadata.resourceVersion) || 0;
}
/** Judges the newest look, once. */
function member_judge(member, started, now) {
    if (member.ending !== undefined)
        return;
    const waited = now - started;
    const { missingSince, state } = member;
    if (missingSince !== undefined && now - missingSince >= APPEAR_WITHIN_MS) {
        member.ending = { kind: 'failed', failure: gone(member), waited };
        return;
    }
    if (missingSince !== undefined)
        member.reason = 'it is gone, and may be made anew';
    if (state === undefined || state === member.judged || precedesSync(state, member.sync))
        return;
    member.judged = state;
    const verdict = member.eyes.subject.judge.evaluate(state);
    const isGreen = isGood(member);
    member.spans = extend(member.spans, phaseOf(state, isGreen), state.now, started);
    member.sync = { ...member.sync, idleSince: idleSince(member.sync.idleSince, state) };
    if (verdict.status === 'pending')
        member.reason = verdict.reason;
    if (verdict.status === 'done')
        member.ending = { kind: 'live', live: verdict.value, waited };
    if (verdict.status === 'failed')
        member.ending = { kind: 'failed', failure: verdict.failure, waited };
}
/** Whether everything was good at the last look: what is missing is a second one, and time. */
function isGood({ eyes }) {
    const { verdict } = eyes.subject.judge;
    if (verdict?.status !== 'pending')
        return verdict?.cause === 'live';
    return verdict.cause === 'confirming' || verdict.cause === 'settling';
}
/** What it failed with, as a list of one or none. */
function failureOf({ ending }) {
    return ending?.kind === 'failed' ? [ending.failure] : [];
}
function gone({ name }) {
    return new src_failure/* Failure */.HR({
        kind: 'not-found',
        code: 'ARGOCD_GONE',
        what: 'The Application is gone',
        on: `Application ${name.name}`,
        seen: `it was deleted during the wait, and did not come back within ${APPEAR_WITHIN_MS / 1_000} s`,
        next: 'Look at what deleted it: its ApplicationSet, the Application that made it, or somebody by hand',
    });
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/crew.js







function createCrew(inputs, world, argocd) {
    const ancestries = new Map();
    const ancestryOf = (given, selected) => {
        const { repoURL, targetRevision } = selected.source;
        const key = [selected.kind, repoURL, targetRevision].join(' ');
        const ancestry = ancestries.get(key) ?? createAncestry(given, world, selected);
        ancestries.set(key, ancestry);
        return ancestry;
    };
    const member = (application, parent, aim) => {
        const name = select_nameOf(application, inputs);
        const makeEyes = (now) => {
            const { inputs: given, source, ancestry } = aim(now);
            const revision = ancestry === ANY_REVISION ? undefined : given.revision;
            const frugal = createFrugal(world, argocd);
            const subject = createSubject(given, world, { argocd: frugal.argocd, name, source, ancestry });
            return { uid: now.metadata.uid, source, revision, subject, saw: frugal.saw };
        };
        return createMember(application, {
            name,
            link: linkTo(inputs.url, application.metadata),
            parent,
            makeEyes,
        });
    };
    return {
        ofCommit: (application, parent) => member(application, parent, (now) => {
            const given = { ...inputs, application: now.metadata.name };
            const source = source_sourceOf(now, given);
            return { inputs: given, source, ancestry: ancestryOf(given, source) };
        }),
        ofItself: (application, parent) => member(application, parent, (now) => aimAtItself(now, inputs)),
        close: async () => {
            await Promise.all([...ancestries.values()].map((ancestry) => ancestry.close()));
        },
    };
}
/** What it follows now: who made it may just have moved the version of its chart. */
function aimAtItself(application, inputs) {
    const [first] = (0,model_source/* allSources */.sG)(application);
    const nowhere = { repoURL: '', targetRevision: '', path: '' };
    const source = first ?? { source: nowhere, index: undefined, kind: 'git' };
    const revision = source.source.targetRevision;
    return {
        inputs: { ...inputs, application: application.metadata.name, revision },
        source,
        ancestry: ANY_REVISION,
    };
}
/** The page of the Application, '' where nobody knows it; without its namespace Argo CD looks in its own. */
function linkTo(url, { name, namespace }) {
    if (url === undefined)
        return '';
    return `${url.replace(/\/+$/, '')}/applications/${namespace === '' ? name : `${namespace}/${name}`}`;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/outcome.js
/** Kinds of failure that tell about our access, and nothing about the commit. */
const BLIND = new Set([
    'auth',
    'upstream',
    'rate-limit',
    'quota',
    'config',
    'internal',
    'cancelled',
]);
/** Whether the failure says something of the commit: that it is not live. */
function isVerdict({ code, kind }) {
    // A request that took too long is none.
    if (kind === 'timeout')
        return code === 'WAIT_TIMEOUT';
    return code.startsWith('ARGOCD_') || code.startsWith('ROLLOUT_') || !BLIND.has(kind);
}
/** Rules that refuse what was synced, or override it: nothing keeps the commit from being synced. */
const NOT_BLOCKED = /^(ROLLOUT_|ARGOCD_EXPECTED$)/;
/**
 * The result that a failure stands for; undefined where it only says that nothing could be told. What a rule of Argo CD
 * keeps from being synced is blocked: a policy of the cluster that refuses a pod is a failure of the deployment.
 */
function resultOf(failure) {
    if (!isVerdict(failure))
        return undefined;
    if (failure.kind === 'timeout')
        return 'timeout';
    return failure.kind === 'policy' && !NOT_BLOCKED.test(failure.code) ? 'blocked' : 'failed';
}
/** The worst first: what the step as a whole is called after. */
const WORST_FIRST = ['failed', 'blocked', 'timeout', 'pending', 'superseded', 'live'];
/** Of several failures the one whose result is the worst: the step fails with it. */
function worstFailure(failures) {
    const rank = (failure) => WORST_FIRST.indexOf(resultOf(failure) ?? 'pending');
    return failures.toSorted((one, other) => rank(one) - rank(other))[0];
}
function worstOf(results) {
    return WORST_FIRST.find((result) => results.includes(result));
}
/** How many there are of each result, `{"live":2,"failed":1}`. */
function countsOf(results) {
    const counts = WORST_FIRST.map((result) => [result, results.filter((one) => one === result).length]);
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

// EXTERNAL MODULE: ./packages/text/src/duration.js
var duration = __nccwpck_require__(4675);
;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/chain.js


const MOST_LINES = 24;
const MOST_DEPTH = 8;
/**
 * From the Application down to each thing that is not well, as a list in Markdown: `Application > InferenceService > Deployment
 * > Pod`. What is well and leads to nothing else is left out. Empty where everything below is well. Pure.
 */
function chainOf(application, tree, options) {
    if (tree === undefined)
        return [];
    const known = new Set(tree.nodes.map(({ uid }) => uid));
    const roots = tree.nodes.filter(({ parentRefs }) => !parentRefs.some(({ uid }) => known.has(uid)));
    const below = roots.flatMap((root) => linesOf(root, tree, options, 1));
    if (below.length === 0)
        return [];
    const { sync, health } = application.status;
    const top = item(0, 'Application', application.metadata.name, `${sync.status}, ${health.status}`);
    const lines = [top, ...below];
    const left = lines.length - MOST_LINES;
    return left > 0 ? [...lines.slice(0, MOST_LINES), `- and ${left} more`] : lines;
}
function linesOf(node, tree, options, depth) {
    const children = depth > MOST_DEPTH ? [] : tree.nodes.filter(({ parentRefs }) => isBelow(parentRefs, node));
    const isLink = node.kind === 'ReplicaSet' && node.health?.status !== 'Degraded';
    const below = children.flatMap((child) => linesOf(child, tree, options, isLink ? depth : depth + 1));
    if (below.length === 0 && !isUnwell(node))
        return [];
    return isLink ? below : [item(depth, node.kind, node.name, stateOf(node, options)), ...below];
}
function item(depth, kind, name, state) {
    return `${'  '.repeat(depth)}- ${escapeMarkdown(kind)} ${inlineCode(name)}: ${escapeMarkdown(state)}`;
}
function isBelow(parentRefs, { uid }) {
    return uid !== '' && parentRefs.some((parent) => parent.uid === uid);
}
function isUnwell({ health }) {
    return health !== undefined && !['', 'Healthy', 'Suspended'].includes(health.status);
}
/** The reason of the pod itself where it was read, otherwise what Argo CD's list of pods shows. */
function stateOf({ uid, health, info }, { troubles, showLogs }) {
    const own = troubles.find(({ pod }) => pod !== undefined && pod.metadata.uid === uid);
    if (own !== undefined)
        return describeTrouble(own.trouble, showLogs);
    const reason = info.find(({ name }) => name === 'Status Reason')?.value ?? '';
    const status = health?.status || 'no health of its own';
    // A health that is good needs no words.
    const message = status === 'Healthy' ? '' : (health?.message ?? '');
    return [status, reason === status ? '' : reason, message].filter((part) => part !== '').join(', ');
}
/** What is not well, the deepest first: it is the cause of what is above it. */
function unwellNodes(tree) {
    if (tree === undefined)
        return [];
    const rank = ({ kind }) => (kind === 'Pod' ? 0 : kind === 'ReplicaSet' ? 1 : 2);
    return tree.nodes.filter(isUnwell).toSorted((one, other) => rank(one) - rank(other));
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/describe.js



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
/** The revision that Argo CD was at last; '' where that is not known. */
function revisionSeen(state, { source }) {
    return state === undefined ? '' : (0,model_source/* syncedRevision */.eh)(state.application, source);
}
/** `` `0a1b2c3` Raise the threshold ``: the subject is foreign text. */
function commitMarkdown(revision, info) {
    const subject = info?.message.split('\n', 1)[0]?.trim() ?? '';
    const id = inlineCode(shortRevision(revision));
    return subject === '' ? id : `${id} ${escapeMarkdown(subject.slice(0, 80))}`;
}
/** A link behind a sentence; '' where the page is not known. */
function linkMarkdown(link) {
    return link === '' ? '' : ` [Application](${link})`;
}
/** How what Argo CD is at relates to the wanted commit, in words. */
const RELATION = {
    same: '',
    newer: 'a newer commit that contains it',
    older: 'an older commit',
    elsewhere: 'it follows something that the commit is not on',
    diverged: 'a commit that does not contain it',
    unknown: 'whether it contains it is not known',
};
/** `12 s ago`; '' where the time is not known. */
function ago(at, now) {
    const age = now - Date.parse(at ?? '');
    if (Number.isNaN(age))
        return '';
    // What is dated has whole seconds.
    return age < 1_000 ? 'just now' : `${(0,duration/* formatDuration */.a)(age)} ago`;
}
/** `for 3 min`; '' where the time is not known. */
function since(at, now) {
    const age = now - Date.parse(at ?? '');
    if (Number.isNaN(age))
        return '';
    return age < 1_000 ? 'just now' : `for ${(0,duration/* formatDuration */.a)(age)}`;
}
/** The words that are not empty, as one phrase. */
function phrase(...words) {
    return words.filter((word) => word !== '').join(' ');
}

// EXTERNAL MODULE: ./packages/kubernetes/src/event.wire.js
var event_wire = __nccwpck_require__(1089);
;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/findings.js




const MOST_ROWS = 12;
const MOST_CONDITIONS = 5;
/** What Argo CD could not apply, hooks that failed, and what differs from Git, as rows. Pure. */
function resourceRows({ application: { status } }) {
    const results = status.operationState?.syncResult?.resources ?? [];
    const broken = results
        .filter(({ status: outcome, hookPhase }) => outcome === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error')
        .map(({ kind, name, hookType, hookPhase, message }) => ({
        kind,
        name,
        wrong: phrase(hookType === '' ? 'not applied:' : `${hookType} hook ${hookPhase}:`, message),
    }));
    const different = status.resources
        .filter((one) => one.status === 'OutOfSync')
        .map(({ kind, name, requiresPruning, health }) => ({
        kind,
        name,
        wrong: requiresPruning ? 'Git no longer has it: it has to be pruned' : differs(health),
    }));
    const unwell = status.resources
        .filter((one) => one.status !== 'OutOfSync' && findings_isUnwell(one.health))
        .map(({ kind, name, health }) => ({
        kind,
        name,
        wrong: inWords(health),
    }));
    const rows = [...broken, ...different, ...unwell];
    if (rows.length === 0)
        return [];
    return [
        '| resource | what is wrong |',
        '|:--|:--|',
        ...rows.slice(0, MOST_ROWS).map(({ kind, name, wrong }) => {
            return `| ${escapeMarkdown(kind)} ${inlineCode(name)} | ${escapeMarkdown(wrong.slice(0, 300))} |`;
        }),
        ...(rows.length > MOST_ROWS ? [`| ${rows.length - MOST_ROWS} more | |`] : []),
        '',
    ];
}
function findings_isUnwell(health) {
    return health?.status === 'Degraded' || health?.status === 'Missing';
}
function differs(health) {
    if (health?.status === 'Missing')
        return 'is in Git, and not in the cluster';
    return findings_isUnwell(health) ? `differs from Git; ${inWords(health)}` : 'differs from Git';
}
function inWords(health) {
    return `${health?.status}${health?.message ? `: ${health.message}` : ''}`;
}
/** What Argo CD says of the Application as a whole, but for what stands above as the cause. Pure. */
function conditionLines({ application, now }, { seen }) {
    const others = application.status.conditions.filter(({ message }) => !seen.includes(message));
    const conditions = others.slice(0, MOST_CONDITIONS).map((condition) => {
        const { type, message, lastTransitionTime } = condition;
        const age = ago(lastTransitionTime, now);
        return `- ${inlineCode(type)}${age === '' ? '' : ` (${age})`}: ${escapeMarkdown(message.slice(0, 500))}`;
    });
    return conditions.length === 0 ? [] : ['**Conditions of the Application**', '', ...conditions, ''];
}
/** The window that is closed, where that is not the failure itself, and what KServe noted of a model that did not load. Pure. */
function noteLines({ window, loadFailures }, { code }, showLogs) {
    const closed = window === undefined || code === 'ARGOCD_WINDOW'
        ? []
        : [
            `- Sync window: ${escapeMarkdown(`${window.kind} ${window.schedule}, ${window.duration}`)} keeps it from syncing by itself`,
        ];
    const loads = loadFailures.map(({ service, reason, exitCode, message }) => {
        const code = exitCode === undefined ? '' : ` (exit code ${exitCode})`;
        const words = showLogs && message !== '' ? `: ${message.slice(0, 300)}` : '';
        return `- InferenceService ${inlineCode(service)}, last failure that KServe noted: ${escapeMarkdown(`${reason || 'no reason'}${code}${words}`)}`;
    });
    const lines = [...closed, ...loads];
    return lines.length === 0 ? [] : [...lines, ''];
}
/** Warnings of the cluster, folded. An event of a probe quotes what the container answered. Pure. */
function warningLines({ warnings }, now, showLogs) {
    if (warnings.length === 0)
        return [];
    const rows = warnings.map((event) => {
        const { reason, message, count, involvedObject } = event;
        const isPrivate = reason === 'Unhealthy' && !showLogs;
        const words = isPrivate
            ? 'a probe failed (what it answered is shown with include-pod-logs)'
            : message.slice(0, 300);
        const about = `${escapeMarkdown(involvedObject.kind)} ${inlineCode(involvedObject.name)}`;
        return `| ${ago((0,event_wire/* lastSeen */.Y)(event), now)} | ${about} | ${escapeMarkdown(reason)}${count > 1 ? ` ×${count}` : ''} | ${escapeMarkdown(words)} |`;
    });
    return [
        `<details><summary>Last ${formatCount(warnings.length, 'warning')} of the cluster</summary>`,
        '',
        '| when | about | reason | message |',
        '|:--|:--|:--|:--|',
        ...rows,
        '',
        '</details>',
        '',
    ];
}
/** The log of the crashing container, folded. */
function logLines({ log }) {
    if (log === '')
        return [];
    return [
        '<details><summary>Last lines of the container</summary>',
        '',
        codeFence(log, 'text'),
        '',
        '</details>',
        '',
    ];
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/gantt.js

const NAMES = {
    commit: 'waits for the commit',
    sync: 'waits for the sync',
    health: 'waits for health',
    settle: 'looks again and settles',
};
/** Of many Applications that many are drawn. */
const gantt_MOST_ROWS = 12;
/** Of one that goes up and down. */
const MOST_SPANS = 12;
/** What was waited for when, as a mermaid gantt, folded; the last bar of what failed is red. */
function timelineMarkdown(rows, started) {
    const drawn = rows.filter(({ spans }) => spans.length > 0).slice(0, gantt_MOST_ROWS);
    if (drawn.length === 0)
        return [];
    const left = rows.length - drawn.length;
    const sections = drawn.flatMap(({ name, spans, ended, isBroken }) => [
        `  section ${plain(name)}`,
        ...spans.slice(-MOST_SPANS).map(({ phase, from, to }, at, shown) => {
            const isLast = at === shown.length - 1;
            const mark = isLast && isBroken ? 'crit, ' : '';
            const start = Math.max(0, from - started);
            const end = Math.max(start + 1, (isLast ? ended : to) - started);
            return `  ${NAMES[phase]} :${mark}${start}, ${end}`;
        }),
    ]);
    return [
        '<details><summary>What happened when</summary>',
        '',
        '```mermaid',
        'gantt',
        '  dateFormat x',
        '  axisFormat %M:%S',
        ...sections,
        '```',
        ...(left === 0 ? [] : ['', `${formatCount(left, 'more Application')}.`]),
        '',
        '</details>',
        '',
    ];
}
/** A colon, a comma, a semicolon, a hash or a line break would end a name. */
function plain(name) {
    return name.replace(/[^\w./ -]/g, ' ').slice(0, 60);
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/standings.js





/** @param waited milliseconds since the step began, for those that have not ended. Pure. */
function standingOf(member, waited) {
    const { name, parent, ending, state, eyes, link, spans } = member;
    const seen = describeState(state);
    return {
        name: name.name,
        parent,
        result: ending === undefined
            ? 'pending'
            : ending.kind === 'live'
                ? ending.live.result
                : (resultOf(ending.failure) ?? 'pending'),
        revision: ending?.kind === 'live' ? ending.live.revision : revisionSeen(state, eyes),
        reason: ending === undefined ? member.reason : ending.kind === 'live' ? '' : ending.failure.details.seen,
        waited: ending?.waited ?? waited,
        link,
        syncStatus: seen['sync-status'],
        healthStatus: seen['health-status'],
        phase: seen.phase,
        images: seen.images,
        spans,
    };
}
/** As the outputs and the report say it. Without what makes it long. */
function standingJson({ name, parent, result, revision, reason, waited, link, ...seen }) {
    return {
        name,
        ...(parent === undefined ? {} : { parent }),
        result,
        revision,
        'sync-status': seen.syncStatus,
        'health-status': seen.healthStatus,
        phase: seen.phase,
        ...(reason === '' ? {} : { reason: reason.slice(0, 300) }),
        'waited-seconds': Math.round(waited / 1_000),
        url: link,
    };
}
/** The sign that a result has in a summary. */
const MARKS = {
    live: '✅',
    superseded: '✅',
    blocked: '⛔',
    failed: '❌',
    timeout: '⏱️',
    pending: '⏳',
};
const standings_WORST_FIRST = ['failed', 'blocked', 'timeout', 'pending', 'superseded', 'live'];
const standings_MOST_ROWS = 50;
/**
 * All Applications, the worst first, with the columns that say something. Pure.
 * @param told the reason that stands above the table
 */
function standingsTable(standings, told = '') {
    const rank = ({ result }) => standings_WORST_FIRST.indexOf(result);
    const sorted = standings.toSorted((one, other) => rank(one) - rank(other));
    const columns = columnsOf(standings, told);
    const row = (cells) => `| ${cells.join(' | ')} |`;
    return [
        row(columns.map(({ title }) => title)),
        `|${columns.map(({ align }) => align).join('|')}|`,
        ...sorted.slice(0, standings_MOST_ROWS).map((standing) => row(columns.map(({ cell }) => cell(standing)))),
        ...(sorted.length > standings_MOST_ROWS
            ? [
                `| ${sorted.length - standings_MOST_ROWS} more, in the output \`report-file\` ${'| '.repeat(columns.length - 1)}|`,
            ]
            : []),
        '',
    ];
}
function columnsOf(standings, told) {
    const after = { title: 'after', align: '--:', cell: ({ waited }) => (0,duration/* formatDuration */.a)(waited) };
    const why = { title: 'why', align: ':--', cell: ({ reason }) => whyOf(reason, told) };
    return [
        { title: 'Application', align: ':--', cell: standings_nameOf },
        { title: 'result', align: ':--', cell: ({ result }) => `${MARKS[result]} ${result}` },
        {
            title: 'revision',
            align: ':--',
            cell: ({ revision }) => (revision === '' ? '' : inlineCode(shortRevision(revision))),
        },
        ...(standings.some(({ waited }) => waited > 0) ? [after] : []),
        ...(standings.some(({ reason }) => reason !== '') ? [why] : []),
    ];
}
function standings_nameOf({ name, parent, link }) {
    const linked = link === '' ? escapeMarkdown(name) : `[${escapeMarkdown(name)}](${link})`;
    return `${linked}${parent === undefined ? '' : ` (made by ${escapeMarkdown(parent)})`}`;
}
function whyOf(reason, told) {
    if (reason !== '' && reason === told)
        return 'as above';
    return escapeMarkdown((reason.split('\n', 1)[0] ?? '').slice(0, 160));
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/wanted-and-seen.js




/** What was wanted beside what was seen, each with its age. Pure. */
function wantedAndSeen({ state, eyes, images, storageUri, evidence }) {
    const { application, relation, now } = state;
    const { sync, health, operationState, reconciledAt } = application.status;
    const wanted = eyes.revision;
    const current = revisionSeen(state, eyes);
    const at = current === wanted ? commitMarkdown(current, undefined) : commitMarkdown(current, evidence.current);
    const compared = ago(reconciledAt, now);
    return [
        '| | wanted | seen |',
        '|:--|:--|:--|',
        row('revision', wanted === undefined ? 'any' : commitMarkdown(wanted, evidence.wanted), current === '' ? 'none' : [at, RELATION[relation]].filter(Boolean).join(', '), isThere(state)),
        row('sync', 'Synced', phrase(escapeMarkdown(sync.status), compared && `(compared ${compared})`), sync.status === 'Synced'),
        row('operation', 'Succeeded', operationText(state), operationState?.phase === 'Succeeded' && !isSyncing(application)),
        row('health', 'Healthy', phrase(escapeMarkdown(health.status), since(health.lastTransitionTime, now)), health.status === 'Healthy'),
        ...images.map((image) => imageRow(image, state)),
        ...(storageUri === undefined ? [] : [modelRow(storageUri, state)]),
        '',
    ];
}
/** As the verdict has it: what objects ask for counts, too, and a name with another registry before it. */
function imageRow(image, { application, declared }) {
    const all = [...application.status.summary.images, ...declared.flatMap(({ images }) => images)];
    const found = all.find((one) => version_matchesImage(one, { image }));
    return row('image', inlineCode(image), found === undefined ? listed(all) : inlineCode(found), found !== undefined);
}
function modelRow(storageUri, { declared }) {
    const all = declared.flatMap(({ models }) => models);
    const isSeen = all.includes(storageUri);
    return row('model', inlineCode(storageUri), isSeen ? inlineCode(storageUri) : listed(all), isSeen);
}
function listed(values) {
    return [...new Set(values)].slice(0, 3).map(inlineCode).join(', ') || 'none';
}
function operationText({ application, now }) {
    const { operationState } = application.status;
    if (operationState === undefined)
        return 'none';
    const { phase, startedAt, finishedAt, retryCount } = operationState;
    const isRunning = phase === 'Running' || phase === 'Terminating';
    const age = isRunning ? since(startedAt, now) : ago(finishedAt, now);
    const tries = retryCount === 0 ? '' : `(tried again ${retryCount === 1 ? 'once' : `${retryCount} times`})`;
    return phrase(escapeMarkdown(phase), age, tries);
}
function row(what, wanted, seen, isGood) {
    return `| ${what} | ${wanted} | ${seen} ${isGood ? '✅' : '❌'} |`;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/failure-report.js










/** Why and what to do first, then wanted and seen side by side, then what it was found in, then when what happened. Pure. */
function failureReport(report) {
    const { failure, seen, result, standings, explained, notes, started, ended } = report;
    const { what, next, kind } = failure.details;
    const [first] = explained;
    const link = first?.member.link ?? standings[0]?.link ?? '';
    const isOne = standings.length === 1;
    return [
        `## ${result === undefined ? '❌' : MARKS[result]} ${title(report)}`,
        '',
        `**Why:** ${isOfTitle(what) ? '' : `${escapeMarkdown(what)}: `}${inLines(seen)}`,
        '',
        `**Do this:** ${adviceMarkdown(next)}.${linkMarkdown(link)}`,
        '',
        `Found after ${(0,duration/* formatDuration */.a)(ended - started)}, kind ${inlineCode(kind)}${result === undefined ? '' : `, result ${inlineCode(result)}`}.`,
        '',
        ...(isOne ? [] : standingsTable(standings, failure.details.seen)),
        ...explained.flatMap((one) => details(one, report, isOne)),
        ...notes.map((note) => `- ${escapeMarkdown(note)}`),
        ...(notes.length === 0 ? [] : ['']),
        ...timelineMarkdown(standings.map(({ name, spans, waited, result: own }) => ({
            name,
            spans,
            ended: started + waited,
            isBroken: own !== 'live' && own !== 'superseded',
        })), started),
    ].join('\n');
}
/** What the title has said already. */
function isOfTitle(what) {
    return what === 'The commit is not live' || what === 'The commit is kept from becoming live';
}
/** Words of a server keep their lines, but for empty ones. */
function inLines(text) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map(escapeMarkdown).join('<br>');
}
function title({ failure, result, wanted, standings, explained }) {
    const commit = `commit ${inlineCode(shortRevision(wanted))}`;
    const name = escapeMarkdown(explained[0]?.member.name.name ?? standings[0]?.name ?? 'Argo CD');
    if (!isVerdict(failure))
        return `${name}: whether ${commit} is live could not be told`;
    const [first] = explained;
    const isAny = first !== undefined && first.member.eyes.revision === undefined;
    const broken = standings.filter(({ result: own }) => own !== 'live' && own !== 'superseded').length;
    const of = standings.length === 1 ? '' : ` (${broken} of ${standings.length} Applications are not live)`;
    if (isAny)
        return `${name} is not synced and healthy${of}`;
    return `${name}: ${commit} ${result === 'blocked' ? 'is kept from becoming live' : 'is not live'}${of}`;
}
function details({ member, failure, evidence }, { failure: top, images, storageUri, showLogs, ended }, isOne) {
    const { state, eyes, name } = member;
    if (state === undefined)
        return [];
    const chain = chainOf(state.application, state.tree, { troubles: eyes.subject.judge.troubles, showLogs });
    return [
        ...(isOne
            ? []
            : [
                `### ${escapeMarkdown(name.name)}`,
                '',
                ...(failure.details.seen === top.details.seen
                    ? []
                    : [escapeMarkdown(failure.details.seen.split('\n', 1)[0] ?? ''), '']),
            ]),
        ...wantedAndSeen({ state, eyes, images, storageUri, evidence }),
        ...(chain.length === 0 ? [] : ['**From the Application down to what is not well**', '', ...chain, '']),
        ...resourceRows(state),
        ...conditionLines(state, failure.details),
        ...noteLines(evidence, failure, showLogs),
        ...warningLines(evidence, ended, showLogs),
        ...logLines(evidence),
    ];
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/json.js


/** Outputs of the worst Application, and how it stands with all of them. */
function outputsOf(standings, waited) {
    const worst = worstOf(standings.map(({ result }) => result));
    const one = standings.find(({ result }) => result === worst);
    return {
        'sync-status': one?.syncStatus ?? '',
        'health-status': one?.healthStatus ?? '',
        phase: one?.phase ?? '',
        images: [...new Set(standings.flatMap(({ images }) => images))],
        url: one?.link ?? '',
        'waited-seconds': Math.round(waited / 1_000),
        applications: {
            total: standings.length,
            counts: countsOf(standings.map(({ result }) => result)),
            items: standings.map(standingJson),
        },
    };
}
/** The part of the report that good and bad ends have in common. */
function reportOf(standings, wanted, waited) {
    const { images, 'sync-status': sync, 'health-status': health, phase, applications, } = outputsOf(standings, waited);
    return {
        application: standings.map(({ name }) => name).join(', '),
        wanted,
        waited: Math.round(waited / 1_000),
        'sync-status': sync,
        'health-status': health,
        phase,
        images,
        applications: {
            ...applications,
            items: standings.map((one) => ({
                ...standingJson(one),
                reason: one.reason,
                images: one.images,
                phases: one.spans.map(({ phase: name, from, to }) => ({ name, from, to })),
            })),
        },
    };
}
/** What was found out about one that is not live. */
function explainedJson({ member, failure, evidence }) {
    const { kind, code, what, seen, next } = failure.details;
    const { warnings, loadFailures, wanted, current, window } = evidence;
    return {
        application: member.name.name,
        failure: { kind, code, what, seen, next },
        warnings: warnings.map(({ reason, involvedObject, count }) => ({
            reason,
            count,
            on: `${involvedObject.kind} ${involvedObject.name}`,
        })),
        'load-failures': loadFailures.map(({ service, reason, exitCode }) => ({
            service,
            reason,
            'exit-code': exitCode,
        })),
        commits: { wanted: wanted?.message.split('\n', 1)[0], current: current?.message.split('\n', 1)[0] },
        window: window === undefined ? undefined : `${window.kind} ${window.schedule}, ${window.duration}`,
    };
}
/** Which commit became live in which Application. */
function lineageOf(standings) {
    const [first] = standings;
    if (first !== undefined && standings.length === 1)
        return { application: first.name, commit: first.revision };
    return { applications: standings.map(({ name, revision }) => ({ application: name, commit: revision })) };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/success-report.js






/** Verdict, how we know, then the table, then when what happened. Pure. */
function successReport({ wanted, result, standings, notes, deepHealth, rolloutProven, started, ended, }) {
    const [first] = standings;
    const isOne = standings.length === 1;
    const images = [...new Set(standings.flatMap((one) => one.images))];
    const commit = inlineCode(shortRevision(wanted));
    const subject = isOne ? escapeMarkdown(first?.name ?? '') : `${standings.length} Applications`;
    const newer = first === undefined ? '' : inlineCode(shortRevision(first.revision));
    const verdict = result === 'live'
        ? `${subject}: commit ${commit} is live`
        : isOne
            ? `${subject}: a newer commit ${newer}, which contains ${commit}, is live`
            : `${subject}: commit ${commit}, or a newer one that contains it, is live`;
    return [
        `## ✅ ${verdict}`,
        '',
        `Synced, healthy${rolloutProven ? ' down to the pods' : ''}, looked at twice, settled: ${(0,duration/* formatDuration */.a)(ended - started)}.${isOne ? linkMarkdown(first?.link ?? '') : ''}`,
        ...(deepHealth ? [] : ['', 'The pods were not looked at: `deep-health` is false.']),
        '',
        ...(isOne ? [] : standingsTable(standings)),
        ...(images.length === 0 ? [] : imageTable(images)),
        ...notes.map((note) => `- ${escapeMarkdown(note)}`),
        ...(notes.length === 0 ? [] : ['']),
        ...timelineMarkdown(standings.map(({ name, spans, waited }) => ({ name, spans, ended: started + waited, isBroken: false })), started),
    ].join('\n');
}
const MOST_IMAGES = 20;
function imageTable(images) {
    const left = images.length - MOST_IMAGES;
    return [
        '| image |',
        '|:--|',
        ...images.slice(0, MOST_IMAGES).map((image) => `| ${inlineCode(image)} |`),
        ...(left > 0 ? [`| ${left} more |`] : []),
        '',
    ];
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/result.js






/** What a good end says. */
function succeed({ inputs, members, notes, started, ended }) {
    const { revision: wanted, deepHealth } = inputs;
    const lives = members.flatMap((member) => member.ending?.kind === 'live' ? [{ member, live: member.ending.live }] : []);
    const rolloutProven = deepHealth && lives.every(({ live }) => live.isProven);
    const standings = members.map((member) => standingOf(member, ended - started));
    const result = worstOf(standings.map((one) => one.result));
    const revision = standings.find((one) => one.result === result)?.revision ?? '';
    return {
        outputs: { ...outputsOf(standings, ended - started), result, revision, changed: hasChanged(members) },
        summary: successReport({
            wanted,
            result,
            standings,
            notes: [...notes, ...lives.flatMap(({ member, live }) => notesOf(member, live.notes, members.length))],
            deepHealth,
            rolloutProven,
            started,
            ended,
        }),
        report: {
            ...reportOf(standings, wanted, ended - started),
            result,
            revision,
            rolloutProven,
        },
        lineage: lineageOf(standings),
    };
}
/** Of several Applications each note names its own. */
function notesOf({ name }, notes, count) {
    return count === 1 ? notes : notes.map((note) => `${name.name}: ${note}`);
}
/** The failure with everything that was seen up to it. */
function explainFailure(failure, { inputs, members, notes, started, ended }, explained) {
    const { revision: wanted, includePodLogs, expectedImages, expectedStorageUri } = inputs;
    const standings = members.map((member) => standingOf(member, ended - started));
    const result = resultOf(failure);
    const outputs = {
        ...outputsOf(standings, ended - started),
        ...(result === undefined ? {} : { result }),
        changed: hasChanged(members),
    };
    if (failure.kind === 'cancelled')
        return (0,src_failure/* withDetails */.FE)(failure, { outputs });
    const lastLine = explained[0]?.evidence.log.split('\n').at(-1) ?? '';
    const seen = lastLine === '' ? failure.details.seen : `${failure.details.seen}\nit said: ${lastLine}`;
    const summary = failureReport({
        failure,
        seen,
        result,
        wanted,
        images: expectedImages,
        storageUri: expectedStorageUri,
        standings,
        explained,
        notes,
        showLogs: includePodLogs,
        started,
        ended,
    });
    const { next, code } = failure.details;
    const report = {
        ...reportOf(standings, wanted, ended - started),
        result: result ?? 'failed',
        cause: code,
        seen,
        next,
        explained: explained.map(explainedJson),
    };
    return (0,src_failure/* withDetails */.FE)(failure, { seen, outputs, summary, report });
}
function hasChanged(members) {
    return members.some(({ sync }) => sync.begunAt !== undefined);
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/observe-once.js










/**
 * One look at each Application, after Argo CD has compared once, and how it stands now. Nothing is waited for and nothing
 * is changed, so nothing but a look that cannot be had is a failure.
 */
async function observeOnce(inputs, world, argocd) {
    const started = world.now();
    const { applications, deleting, missing } = await selectApplications(argocd, inputs);
    if (missing !== undefined)
        throw missing;
    const { revision } = inputs;
    const crew = createCrew({ ...inputs, revision: revision ?? '' }, world, argocd);
    try {
        const members = applications.map((one) => revision === undefined ? crew.ofItself(one) : crew.ofCommit(one));
        await Promise.all(members.map((member, at) => observe_once_look(member, argocd, applications[at])));
        for (const member of members)
            member_judge(member, started, world.now());
        const standings = members.map((member) => standingNow(member));
        const notes = [
            ...deleting.map((name) => `Not looked at: ${name} is being deleted`),
            ...members.flatMap((member) => [
                ...notesOf(member, [...(member.state?.paused ?? []), ...(member.state?.unproven ?? [])], members.length),
                ...childrenNote(member, inputs.children),
                ...syncNote(member, inputs.sync),
            ]),
        ];
        for (const note of notes)
            world.log.info(note);
        return observe_once_resultOf(standings, notes);
    }
    finally {
        await crew.close();
    }
}
/** A refresh is a look that has compared with Git; where none comes back, what was seen before will do. */
async function observe_once_look(member, argocd, seen) {
    const application = (await member.eyes.subject.observer.refresh()) ?? seen ?? (await argocd.get(member.name));
    await offer(member, application);
}
/** What is good at this look is called live here: that it stays so is not looked at. */
function standingNow(member) {
    const standing = standingOf(member, 0);
    if (member.ending !== undefined || !isGood(member))
        return standing;
    return { ...standing, result: member.state?.relation === 'newer' ? 'superseded' : 'live', reason: '' };
}
/** A wait goes on with them once this one is live; a look is one at what was named. */
function childrenNote({ name, state }, children) {
    const made = state === undefined || children === 'none' ? 0 : childrenNamed(state.application).length;
    return made === 0 ? [] : [`Not looked at: ${formatCount(made, 'Application')} that ${name.name} has made`];
}
/** What a wait with this `sync` would do now. */
function syncNote({ name, state, sync }, policy) {
    const plan = state === undefined ? undefined : planSync(state, policy, sync);
    return plan?.kind === 'sync' ? [`Would start a sync of ${name.name}: ${plan.why}`] : [];
}
function observe_once_resultOf(standings, notes) {
    const results = standings.map(({ result }) => result);
    const result = worstOf(results);
    const one = standings.find((standing) => standing.result === result);
    const items = standings.map(standingJson);
    const applications = { total: standings.length, counts: countsOf(results), items };
    const isGood = result === 'live' || result === 'superseded';
    const subject = standings.length === 1 ? (one?.name ?? '') : `${standings.length} Applications`;
    return {
        outputs: {
            result,
            revision: one?.revision ?? '',
            'sync-status': one?.syncStatus ?? '',
            'health-status': one?.healthStatus ?? '',
            phase: one?.phase ?? '',
            images: [...new Set(standings.flatMap(({ images }) => images))],
            url: one?.link ?? '',
            'waited-seconds': 0,
            applications,
            changed: false,
        },
        summary: [
            `## ${isGood ? '✅' : '👀'} ${escapeMarkdown(subject)}: ${result} now`,
            '',
            'One look; nothing was waited for and nothing was changed.',
            '',
            ...standingsTable(standings),
            ...notes.map((note) => `- ${escapeMarkdown(note)}`),
            '',
        ].join('\n'),
        report: { application: standings.map(({ name }) => name).join(', '), result, applications },
    };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/children.js

/** Which children of an Application are waited for. Pure. */
function planChildren(parent, listed, { children, repository }) {
    const ofCommit = [];
    const ofThemselves = [];
    const unseen = [];
    const skipped = [];
    const repositories = repository === undefined ? (0,model_source/* allSources */.sG)(parent).map(({ source }) => source.repoURL) : [repository];
    for (const child of children === 'none' ? [] : childrenNamed(parent)) {
        const found = listed.find((one) => isNamed(one, child, parent));
        if (found === undefined)
            unseen.push(child);
        else if (isDeleting(found))
            skipped.push(`${child.name} is being deleted`);
        else if (isFrom(found, repositories))
            ofCommit.push(found);
        else if (children === 'all')
            ofThemselves.push(found);
        else
            skipped.push(`${child.name} deploys from another repository`);
    }
    return { ofCommit, ofThemselves, unseen, skipped };
}
/** A child without a namespace stands where its parent does. */
function isNamed({ metadata }, { namespace, name }, parent) {
    return metadata.name === name && metadata.namespace === (namespace || parent.metadata.namespace);
}
function isFrom(application, repositories) {
    return (0,model_source/* allSources */.sG)(application).some(({ source: { repoURL } }) => repositories.some((one) => (0,model_source/* isSameRepository */.ve)(repoURL, one)));
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/expand.js




/** Finds the children of an app of apps. One that cannot be seen for a minute is a failure: it may be of this commit. */
function createExpand(world, { argocd, crew, inputs, note }) {
    const since = new Map();
    return async (parent) => {
        if (parent.state === undefined)
            return undefined;
        const plan = planChildren(parent.state.application, await listAround(argocd, parent.state.application), inputs);
        const first = since.get(parent) ?? world.now();
        since.set(parent, first);
        if (plan.unseen.length > 0) {
            if (world.now() - first < APPEAR_WITHIN_MS)
                return undefined;
            throw unseen(parent, plan.unseen);
        }
        const { name } = parent.name;
        for (const skipped of plan.skipped)
            note(`Child of ${name} that was not waited for: ${skipped}`);
        return [
            ...plan.ofCommit.map((child) => crew.ofCommit(child, name)),
            ...plan.ofThemselves.map((child) => crew.ofItself(child, name)),
        ];
    };
}
/** The Applications in the namespaces that the children are in: the Kubernetes API lists no others by itself. */
async function listAround(argocd, parent) {
    const places = childrenNamed(parent).map(({ namespace }) => namespace || parent.metadata.namespace);
    const lists = [...new Set(places)].map((appNamespace) => argocd.list({ appNamespace }));
    return (await Promise.all(lists)).flat();
}
function unseen({ name }, children) {
    const names = children.map((child) => child.name);
    return new src_failure/* Failure */.HR({
        kind: 'auth',
        code: 'ARGOCD_CHILDREN_HIDDEN',
        what: 'Children of the Application cannot be seen',
        on: `Application ${name.name}`,
        seen: `it made ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}, and Argo CD lists none of that name for this token`,
        next: 'Grant the token: p, <subject>, applications, get, <project of the child>/*, allow; or set `children: none` to wait for the Application itself alone',
    });
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/bell.js
function createBell() {
    let hasRung = Promise.withResolvers();
    let ending;
    return {
        ring: () => hasRung.resolve(),
        end(failure) {
            ending ??= { failure };
            hasRung.resolve();
        },
        async next() {
            await hasRung.promise;
            if (ending?.failure !== undefined)
                throw ending.failure;
            if (ending !== undefined)
                return false;
            hasRung = Promise.withResolvers();
            return true;
        },
    };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/limit.js
/** Applications that are looked into at once, of however many. */
const limit_AT_ONCE = 8;
/** Runs at most `most` of the calls at once; the others wait for their turn, first come, first served. */
function createLimit(most) {
    const waiting = [];
    let running = 0;
    return async (call) => {
        if (running >= most)
            await new Promise((resolve) => waiting.push(resolve));
        running += 1;
        try {
            return await call();
        }
        finally {
            running -= 1;
            waiting.shift()?.();
        }
    };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/look/settled-within.js

/**
 * Waits for all of the promises, but no longer than `ms` milliseconds. By a real timer: a peer that hangs does so in real
 * time, whatever the clock of the wait. What they fail with is left to whoever holds them.
 */
async function settledWithin(ms, promises) {
    if (promises.length === 0)
        return;
    const over = Promise.withResolvers();
    const timer = setTimeout(over.resolve, (0,src_timer/* timerOf */.p)(ms));
    await Promise.race([Promise.allSettled(promises), over.promise]);
    clearTimeout(timer);
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/refresher.js


/** A refresh that comes back within this spares the plain look; a slower one does not hold it up. */
const REFRESH_PATIENCE_MS = 500;
/**
 * Refreshes those that are due, some at once; gives the members whose answer has come, and been looked into, while it was
 * waited for. Later ones are looked into all the same.
 */
function createRefresher(take) {
    const limit = createLimit(limit_AT_ONCE);
    const queued = new Set();
    const refresh = async (member) => {
        queued.delete(member);
        const application = await member.eyes.subject.observer.refresh();
        if (application !== undefined)
            await take(member, application);
        return application !== undefined;
    };
    return async (members) => {
        const answered = new Set();
        const refused = [];
        const due = members.filter((one) => !queued.has(one) && one.eyes.subject.observer.isRefreshDue());
        for (const member of due)
            queued.add(member);
        const refreshes = due.map(async (member) => {
            try {
                if (await limit(() => refresh(member)))
                    answered.add(member);
            }
            catch (thrown) {
                refused.push(thrown);
            }
        });
        await settledWithin(REFRESH_PATIENCE_MS, refreshes);
        if (refused.length > 0)
            throw refused[0];
        return new Set(answered);
    };
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/see.js

/** One request for all: that of one Application says why it cannot be read, a list leaves it out. */
async function see(argocd, members, query) {
    const [only, ...others] = members;
    if (only === undefined || others.length > 0)
        return argocd.list(query());
    try {
        return [await argocd.get(only.name)];
    }
    catch (thrown) {
        if (thrown instanceof src_failure/* Failure */.HR && thrown.kind === 'not-found')
            return [];
        throw thrown;
    }
}
async function takeAll(members, seen, take, now) {
    await Promise.all(members.map(async (member) => {
        const application = seen.find((one) => isOf(member, one));
        if (application === undefined)
            member.missingSince ??= now;
        else
            await take(member, application);
    }));
}
async function see_read(stream, find, push) {
    for await (const application of stream) {
        const member = find(application);
        if (member !== undefined)
            push(member, application);
    }
}
/** Whether the member is this Application. */
function isOf({ name, namespace }, { metadata }) {
    return metadata.name === name.name && metadata.namespace === namespace;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/fleet.js









const LOOK_FOR_CHILDREN_MS = 1_000;
const MOST_NAMED = 5;
function createFleet(world, options) {
    const { argocd, inputs, expand, act, started } = options;
    const members = [...options.members];
    const limit = createLimit(limit_AT_ONCE);
    let restart = new AbortController();
    const open = () => members.filter(({ ending }) => ending === undefined);
    const toExpand = () => (inputs.children === 'none' ? [] : members.filter(hasChildren));
    const query = () => {
        const names = members.map(({ name }) => name);
        return queryFor(names, members.some(({ parent }) => parent !== undefined) ? undefined : inputs.selector);
    };
    const take = (member, application) => limit(() => offer(member, application));
    const refresher = createRefresher(take);
    const join = async () => {
        const before = members.length;
        for (const parent of toExpand()) {
            const children = await expand(parent);
            parent.isExpanded = children !== undefined;
            members.push(...(children ?? []).filter((child) => !members.some((one) => fleet_isSame(one, child))));
        }
        // The stream was opened for those that were known.
        if (members.length > before)
            restart.abort();
    };
    const actOn = async (member) => {
        const failure = await act(member);
        if (failure !== undefined)
            member.ending = { kind: 'failed', failure, waited: world.now() - started };
    };
    return {
        members,
        async look() {
            await join();
            const answered = await refresher(open());
            const stale = open().filter((member) => !answered.has(member));
            if (stale.length > 0)
                await takeAll(stale, await see(argocd, members, query), take, world.now());
            await Promise.all(open().map(actOn));
        },
        async *events(signal) {
            restart = new AbortController();
            const both = AbortSignal.any([signal, restart.signal]);
            const bell = createBell();
            const found = (application) => open().find((one) => isOf(one, application));
            void see_read(argocd.stream(query(), both), found, (member, application) => {
                take(member, application).then(bell.ring, bell.end);
            }).then(() => bell.end(), (thrown) => bell.end(both.aborted ? undefined : thrown));
            while (await bell.next())
                yield;
        },
        evaluate() {
            for (const member of members)
                member_judge(member, started, world.now());
            const rest = open();
            const worst = worstFailure(members.flatMap(failureOf));
            if (worst !== undefined && (inputs.failFast || rest.length === 0))
                return failed(worst);
            if (rest.length > 0)
                return pending(describe(members, rest));
            const [parent] = toExpand();
            return parent === undefined ? done(undefined) : pending(describeChildren(parent));
        },
        dueIn() {
            const due = open().flatMap(({ eyes }) => eyes.subject.judge.dueIn(world.now()) ?? []);
            if (toExpand().length > 0)
                due.push(LOOK_FOR_CHILDREN_MS);
            return due.length === 0 ? undefined : Math.min(...due);
        },
    };
}
function fleet_isSame(one, other) {
    return one.name.name === other.name.name && one.namespace === other.namespace;
}
function hasChildren({ ending, isExpanded, state }) {
    const isLive = ending?.kind === 'live' && !isExpanded;
    return isLive && state !== undefined && childrenNamed(state.application).length > 0;
}
function describeChildren({ name, state }) {
    const names = state === undefined ? [] : childrenNamed(state.application).map((child) => child.name);
    const some = `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ', …' : ''}`;
    return `${name.name} is live, and not all of its children have been seen yet: ${some}`;
}
function describe(members, [first, ...others]) {
    if (first === undefined || members.length === 1)
        return first?.reason ?? '';
    const ended = members.length - others.length - 1;
    return `${ended} of ${members.length} Applications are through; ${first.name.name}: ${first.reason}`;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/fleet/start-sync.js


/**
 * Starts the sync that is planned, if any. One that somebody else has begun meanwhile will do; a refusal is returned, for it
 * is that of this Application alone. @throws Failure that may pass
 */
async function startSync(argocd, world, policy, member) {
    if (member.state === undefined)
        return undefined;
    const plan = planSync(member.state, policy, member.sync);
    if (plan.kind === 'none')
        return undefined;
    try {
        await argocd.sync(member.name, { prune: plan.prune });
        member.sync = { ...member.sync, begunAt: world.now() };
        world.log.info(`Started a sync of ${member.name.name}: ${plan.why}.`);
    }
    catch (thrown) {
        if (!(thrown instanceof src_failure/* Failure */.HR) || thrown.kind === 'cancelled')
            throw thrown;
        if (thrown.kind !== 'conflict') {
            // A closed window opens one day, and not for this step.
            if (thrown.retryable && thrown.kind !== 'policy')
                throw thrown;
            return thrown;
        }
        world.log.info(`Another operation of ${member.name.name} is under way; waiting for that one.`);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/advice.js
const LOOK_AT_FOLLOWED = 'Check that the Application follows the branch of this commit (targetRevision), and that Argo CD can read the repository';
const LOOK_AT_CONTROLLER = 'Look at the conditions of the Application, then at the log of argocd-application-controller';
const advice_LONGER = 'Raise `timeout`: everything was good, and had not been so for long enough';
/** What a wait was in vain for decides what to look at; the loop itself cannot know. */
const advice_ADVICE = {
    'not-compared': LOOK_AT_CONTROLLER,
    'comparison-failed': LOOK_AT_CONTROLLER,
    'not-judged': LOOK_AT_CONTROLLER,
    older: `${LOOK_AT_FOLLOWED}: it has seen no newer commit`,
    'not-followed': 'Set targetRevision of the Application to what this revision is on, or look at why the Application that makes it has not moved it yet',
    diverged: 'Check `branch` and targetRevision of the Application, and whether the branch was force-pushed',
    proposed: 'Merge the pull request, and wait for the commit that the merge makes',
    'relation-unknown': 'Give `repository` (and `repository-token` where it is private), so that a newer commit that contains this one counts; and check that the Application follows the branch of this commit',
    hydrating: 'Look at the status of the source hydrator in Argo CD, at its right to write to the repository, and at what brings the manifests to the branch that is synced',
    syncing: 'Look in Argo CD at what the sync waits for: a hook, or a resource of an earlier wave that does not become healthy',
    'earlier-sync': 'Terminate that sync in Argo CD: as long as an earlier commit is tried again, no newer one is synced',
    'out-of-sync': 'Press Sync in Argo CD, or set `sync: if-needed`: automated sync can miss a commit that came while an earlier one was being synced (argo-cd #27875)',
    turn: 'Raise `timeout`, or look at the steps before it in the ApplicationSet: it syncs one step when the one before is healthy',
    health: 'Look at the resource that Argo CD calls unwell; the summary has the way down to it',
    suspended: 'Resume what is paused or stopped; where that is on purpose, set `accept-suspended: true`',
    unfinished: 'Look at the events of what is named here, or raise `timeout` where it only takes long',
    'pod-init': 'Raise `timeout`, or look at the log of that init container: it has not done its work yet',
    'pod-waits': 'Read the last warnings of the pod with `kubectl describe pod`: a volume, a Secret or the network keeps its container from being made',
    'pod-runs': 'Look at the readiness probe and at the log of the server: it has started, and does not say that it is ready',
    behind: 'Look at the events of the InferenceService, then at the log of kserve-controller-manager: KServe has not acted on it; an annotation serving.kserve.io/disable-auto-update keeps it from that, too',
    rollout: 'Look at the events of that Deployment: a quota, a node or an old pod that does not go holds it up; or raise `timeout` where it only takes long',
    expected: 'Check that the manifests of this commit name the expected version, and that the input spells it as they do',
    'other-version': 'Look at why the pod of the version before stays: a PodDisruptionBudget, a finalizer, or a node that is lost',
    confirming: LOOK_AT_CONTROLLER,
    settling: advice_LONGER,
};
/** What to do about a wait for this Application that was in vain; undefined where nothing was seen of it. */
function advice_adviceFor({ eyes, missingSince }) {
    const { verdict, troubles } = eyes.subject.judge;
    if (missingSince !== undefined)
        return 'Look at what deleted the Application: its ApplicationSet, the Application that made it, or somebody by hand';
    if (verdict?.status !== 'pending')
        return undefined;
    if (troubles.some(({ trouble }) => trouble.code === 'unschedulable'))
        return 'Add nodes, or lower the requests or the affinity of the new pod: no node takes it';
    return advice_ADVICE[verdict.cause];
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/evidence.js





const NO_EVIDENCE = {
    warnings: [],
    log: '',
    loadFailures: [],
    wanted: undefined,
    current: undefined,
    window: undefined,
};
/** The step has failed, and its user waits to read why. */
const WITHIN_MS = 1_500;
const MOST_WARNINGS = 5;
const MOST_NODES = 4;
/** Asks for what explains a failure, all at once, and takes what has come within a moment. */
async function gatherEvidence(options) {
    const { argocd, name, state, revision } = options;
    if (state === undefined)
        return NO_EVIDENCE;
    const found = { ...NO_EVIDENCE };
    const keep = async (key, asked) => {
        const value = await asked?.catch(() => undefined);
        if (value !== undefined)
            found[key] = value;
    };
    const current = (0,model_source/* revisionOf */.DT)(state.application.status.sync, options.source);
    await settledWithin(WITHIN_MS, [
        keep('warnings', readWarnings(options, state)),
        keep('log', readCrashLog(options)),
        keep('loadFailures', readLoadFailures(options, state)),
        keep('wanted', revision === undefined ? undefined : argocd.commit?.(name, revision)),
        keep('current', current === revision || current === '' ? undefined : argocd.commit?.(name, current)),
        keep('window', state.application.status.sync.status === 'OutOfSync' ? argocd.blockingWindow(name) : undefined),
    ]);
    return { ...found };
}
/** Of what is not well, and of the Application itself. */
async function readWarnings({ argocd, name }, { tree }) {
    const nodes = [...unwellNodes(tree).slice(0, MOST_NODES), undefined];
    const lists = await Promise.all(nodes.map((node) => argocd.events(name, node).catch(() => [])));
    return lists
        .flat()
        .filter(({ type }) => type === 'Warning')
        .toSorted((one, other) => (0,event_wire/* lastSeen */.Y)(other).localeCompare((0,event_wire/* lastSeen */.Y)(one)))
        .slice(0, MOST_WARNINGS);
}
const evidence_HAS_ENDED = new Set(['crash-loop', 'init-failed']);
async function readCrashLog({ argocd, name, troubles, includePodLogs }) {
    const crash = troubles.find(({ trouble }) => evidence_HAS_ENDED.has(trouble.code));
    const { pod, container } = crash?.trouble ?? {};
    if (!includePodLogs || crash === undefined || pod === undefined || container === undefined)
        return '';
    return argocd.containerLog(name, { pod, container, namespace: crash.namespace });
}
async function readLoadFailures({ argocd, name }, { tree }) {
    // One that looks well may yet serve the version before, while that of this commit does not load.
    const services = (tree?.nodes ?? []).filter(({ kind, group }) => {
        return kind === INFERENCE_SERVICES.kind && group === INFERENCE_SERVICES.group;
    });
    const read = services.slice(0, MOST_NODES).map(async (node) => {
        const service = await argocd.resource(name, node, INFERENCE_SERVICES.check);
        const info = service?.status.modelStatus?.lastFailureInfo;
        if (info === undefined)
            return [];
        const { reason, message, exitCode } = info;
        return [{ service: node.name, reason, message, exitCode }];
    });
    return (await Promise.all(read)).flat();
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/report/explain.js

/** Of many that failed together these few tell it. */
const MOST_EXPLAINED = 3;
/** Finds out more of those that failed, the one that ended the wait first; where none did, of the only one. */
async function explain(failure, { argocd, inputs, fleet }) {
    const failed = fleet.members.flatMap((member) => member.ending?.kind === 'failed' ? [{ member, failure: member.ending.failure }] : []);
    const [only, ...others] = fleet.members;
    const told = failed.length === 0 && only !== undefined && others.length === 0 ? [{ member: only, failure }] : failed;
    const first = told.toSorted((one, other) => Number(other.failure === failure) - Number(one.failure === failure));
    return Promise.all(first.slice(0, MOST_EXPLAINED).map(async (one) => {
        const { name, eyes, state } = one.member;
        const { includePodLogs } = inputs;
        const { source, revision, subject } = eyes;
        const { troubles } = subject.judge;
        const evidence = await gatherEvidence({
            argocd,
            name,
            source,
            revision,
            state,
            troubles,
            includePodLogs,
        });
        return { ...one, evidence };
    }));
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/watch.js













/** Looks until the commit is live in every Application, can no longer become so, or the time is over; says how it went in every case. */
async function waitUntilLive(inputs, world, argocd) {
    const started = world.now();
    const notes = [];
    const note = (sentence) => {
        notes.push(sentence);
        world.log.info(sentence);
    };
    const crew = createCrew(inputs, world, argocd);
    try {
        const { applications, deleting } = await waitForApplications(argocd, inputs, world);
        for (const name of deleting)
            note(`Not waited for: ${name} is being deleted`);
        const fleet = createFleet(world, {
            argocd,
            inputs,
            started,
            members: applications.map((application) => crew.ofCommit(application)),
            expand: createExpand(world, { argocd, crew, inputs, note }),
            act: (member) => startSync(argocd, world, inputs.sync, member),
        });
        return await waitForFleet({ inputs, world, argocd, fleet, notes, started });
    }
    catch (thrown) {
        // What is refused before there is anything to wait for says of the commit that it will not be live, too.
        const result = thrown instanceof src_failure/* Failure */.HR ? resultOf(thrown) : undefined;
        throw thrown instanceof src_failure/* Failure */.HR && result !== undefined
            ? (0,src_failure/* withDetails */.FE)(thrown, { outputs: { result } })
            : thrown;
    }
    finally {
        await crew.close();
    }
}
async function waitForFleet(watch) {
    const { inputs, world, fleet, notes, started } = watch;
    const { members } = fleet;
    const ended = () => ({ inputs, members, notes, started, ended: world.now() });
    const which = members.length === 1 ? `${members[0]?.name.name}` : `${members.length} Applications`;
    try {
        await waitFor(world, {
            what: `${which} to be live at ${shortRevision(inputs.revision)}`,
            on: members.length === 1 ? `Application ${which}` : which,
            observe: () => fleet.look(),
            events: (signal) => fleet.events(signal),
            evaluate: () => fleet.evaluate(),
            interval: (waited) => (waited < BUSY_MS ? inputs.interval : QUIET * inputs.interval),
            intervalWithoutEvents: inputs.interval / 2,
            dueIn: () => fleet.dueIn(),
            timeout: inputs.timeout - (world.now() - started),
            next: 'Look at the Application in Argo CD; the summary shows what was seen last',
        });
        return succeed(ended());
    }
    catch (thrown) {
        if (!(thrown instanceof src_failure/* Failure */.HR))
            throw thrown;
        const failure = closeMembers(thrown, members, world.now() - started);
        const explained = failure.kind === 'cancelled' ? [] : await explain(failure, watch);
        throw explainFailure(failure, ended(), explained);
    }
}
/** Argo CD is mostly asked in the first minute; later the stream tells, and a look now and then sees that it does. */
const BUSY_MS = 60_000;
const QUIET = 1.5;
/** Where all that were seen are live, it was their children that were waited for. */
const watch_UNSEEN = 'Raise `timeout`, or look at whether the login may see the children; `children: none` waits for what was named alone';
/**
 * Where the time is over it is over for all that have not ended, each with its own reason and advice. One that failed
 * before is the cause all the same.
 */
function closeMembers(failure, members, waited) {
    if (failure.code !== 'WAIT_TIMEOUT')
        return failure;
    const open = members.filter(({ ending }) => ending === undefined);
    const before = worstFailure(members.flatMap(failureOf));
    for (const member of open) {
        const { blocked } = member.eyes.subject.judge;
        const next = advice_adviceFor(member) ?? failure.details.next;
        const own = {
            on: `Application ${member.name.name}`,
            seen: `after ${Math.round(waited / 1_000)} s: ${member.reason}`,
        };
        const mine = (0,src_failure/* withDetails */.FE)(failure, members.length === 1 ? { next } : { ...own, next });
        // What only a rule or a person can end was waited for; that it was in vain makes it no time-out.
        member.ending = { kind: 'failed', failure: blocked ?? mine, waited };
    }
    const first = worstFailure(open.flatMap(failureOf));
    const isBlocked = first !== undefined && first.code !== 'WAIT_TIMEOUT';
    return before ?? (isBlocked ? first : (0,src_failure/* withDetails */.FE)(failure, { next: first?.details.next ?? watch_UNSEEN }));
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/run.js








/** Connects, and waits until the commit is live in all Applications or cannot become so; or only looks, or checks. */
async function run(inputs, world) {
    const argocd = await connect(inputs, world);
    const [name] = inputs.application;
    if (name !== undefined)
        world.output('url', linkTo(inputs.url, { name, namespace: inputs.appNamespace ?? '' }));
    world.log.info(`Argo CD ${await argocd.version()}, ${run_describe(inputs)}`);
    const { mode, revision, dryRun } = inputs;
    if (mode === 'check')
        return check(inputs, argocd);
    if (mode === 'observe' || dryRun || revision === undefined)
        return observeOnce(inputs, world, argocd);
    return waitUntilLive({ ...inputs, revision }, world, argocd);
}
async function check(inputs, argocd) {
    const { applications, missing } = await selectApplications(argocd, inputs);
    if (missing !== undefined)
        throw missing;
    const checked = applications.map(async (application) => {
        const name = select_nameOf(application, inputs);
        const turn = await readTurn(argocd, application);
        // As in a wait: that the windows cannot be told is no failure.
        const blocking = await argocd.blockingWindow(name).catch(() => undefined);
        return { application, blocking, turn, link: linkTo(inputs.url, application.metadata) };
    });
    return checkApplications(await Promise.all(checked), inputs);
}
function run_describe({ application: names, selector, applicationset }) {
    if (selector !== undefined)
        return `Applications with ${selector}`;
    if (applicationset !== undefined)
        return `Applications of the ApplicationSet ${applicationset}`;
    return names.length === 1 ? `Application ${names[0]}` : formatCount(names.length, 'Application');
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/main.js



void runAction({ name: 'wait-argocd-sync', inputs: src_inputs/* inputs */.Q, run: run });

