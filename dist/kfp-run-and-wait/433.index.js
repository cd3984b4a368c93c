export const id = 433;
export const ids = [433];
export const modules = {

/***/ 5433:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  downloadArtifacts: () => (/* binding */ downloadArtifacts)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
;// CONCATENATED MODULE: ./packages/aws/src/region.js

/** An ECR host or any other AWS host name that carries its region: `….dkr.ecr.eu-west-1.amazonaws.com`. */
const HOST_REGION = /\.(?:dkr\.ecr(?:-fips)?|dkr-ecr(?:-fips)?|s3|ecr)\.([a-z]{2}(?:-[a-z]+)+-\d)\./;
/**
 * The region of a call: input, then the region in the resource's own name, then AWS_REGION, then AWS_DEFAULT_REGION
 * (which the SDK does not read, ecr-aws reference section 5). Undefined leaves it to the SDK and its profile.
 */
function resolveRegion({ env }, { input, resource = '' }) {
    const fromArn = /^arn:aws[a-z-]*:[^:]*:([^:]+):/.exec(resource)?.[1];
    const fromHost = HOST_REGION.exec(`.${resource}`)?.[1];
    return (input ??
        fromArn ??
        fromHost ??
        (env['AWS_REGION'] || undefined) ??
        (env['AWS_DEFAULT_REGION'] || undefined));
}
/** For calls that cannot do without. */
function assertRegion(region, on) {
    if (region !== undefined)
        return region;
    throw new Failure({
        kind: 'config',
        code: 'AWS_REGION_MISSING',
        what: 'The AWS region is not known',
        on,
        seen: 'neither the input `aws-region` nor AWS_REGION nor AWS_DEFAULT_REGION is set',
        next: 'Give the step `aws-region: eu-west-1`, or run aws-actions/configure-aws-credentials before it',
    });
}

// EXTERNAL MODULE: ../../node_modules/@aws-sdk/credential-provider-web-identity/dist-cjs/index.js
var dist_cjs = __webpack_require__(8112);
// EXTERNAL MODULE: ./packages/diagnostics/src/failure.js
var src_failure = __webpack_require__(5836);
;// CONCATENATED MODULE: ./packages/diagnostics/src/wrong-input.js

/** What is wrong with one input beyond its grammar: that is only known when its value is used. */
function wrongInput(input, { code, seen, next }) {
    return new src_failure/* Failure */.HR({
        kind: 'config',
        code,
        what: 'An input is wrong',
        on: `the input \`${input}\``,
        seen,
        next,
    });
}

// EXTERNAL MODULE: ./packages/diagnostics/src/timer.js
var timer = __webpack_require__(987);
// EXTERNAL MODULE: ./packages/wait/src/backoff.js
var backoff = __webpack_require__(9933);
;// CONCATENATED MODULE: ./packages/aws/src/error.wire.js
/** Reads whatever an SDK call threw. */
function error_wire_readAwsError(thrown) {
    const error = record(thrown);
    const metadata = record(error['$metadata']);
    const cause = record(error['cause']);
    return {
        name: error_wire_text(error['name']) ?? error_wire_text(error['Code']) ?? 'Error',
        message: error_wire_text(error['message']) ?? String(thrown),
        status: typeof metadata['httpStatusCode'] === 'number' ? metadata['httpStatusCode'] : undefined,
        requestId: error_wire_text(metadata['requestId']) ?? error_wire_text(error['RequestId']),
        networkCode: error_wire_text(error['code']) ?? error_wire_text(cause['code']),
        clockCorrected: metadata['clockSkewCorrected'] === true,
        region: ELSEWHERE.has(metadata['httpStatusCode']) ? regionOf(error) : undefined,
    };
}
/** Of a redirect, and of a signature for another region (S3's error codes PermanentRedirect, AuthorizationHeaderMalformed). */
const ELSEWHERE = new Set([301, 307, 400]);
/** In the body, in a header where there is none (HEAD), or in words. */
function regionOf(error) {
    // Every refusal of a HEAD has the header, but only a redirect is one for the region.
    const isRedirect = record(error['$metadata'])['httpStatusCode'] !== 400;
    const header = isRedirect ? record(record(error['$response'])['headers'])['x-amz-bucket-region'] : undefined;
    const inWords = / expecting '([a-z0-9-]+)'/.exec(error_wire_text(error['message']) ?? '')?.[1];
    const region = error_wire_text(error['Region']) ?? error_wire_text(header) ?? inWords;
    return region !== undefined && /^[a-z0-9-]{1,40}$/.test(region) ? region : undefined;
}
function record(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function error_wire_text(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}

;// CONCATENATED MODULE: ./packages/aws/src/retry.js


/** Milliseconds; a server that is down for a minute is outlived, one that is gone is not waited for. */
const FIRST_DELAY = 300;
const LONGEST_DELAY = 15_000;
const LONGEST_RETRY_AFTER = 60_000;
/** Attempts in all. Throttling ends by itself, a name that does not resolve hardly ever. */
const ATTEMPTS = { throttled: 10, passing: 6, lasting: 1 };
const FEW_ATTEMPTS = 3;
/**
 * How the SDK's clients try again: full jitter on the world's clock, Retry-After obeyed, and no budget that all requests
 * of a client share: the SDK's own one is used up by a hundred throttled requests, and the rest then fails at once.
 */
function createRetryStrategy({ world, onTrouble, attempts = Infinity }) {
    return {
        acquireInitialRetryToken: async () => token(0),
        refreshRetryTokenForRetry: async (before, { error, retryAfterHint }) => {
            const trouble = judgeAttempt(error);
            onTrouble?.(trouble);
            const made = before.getRetryCount() + 1;
            if (made >= Math.min(attempts, attemptsFor(trouble, error)))
                throw error;
            const jitter = (0,backoff/* fullJitter */.G)(made - 1, { base: FIRST_DELAY, cap: LONGEST_DELAY, random: world.random });
            // The SDK made the date from the real clock; only the time until then is of use.
            const hinted = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
            await world.sleep(Math.max(jitter, Math.min(hinted, LONGEST_RETRY_AFTER)));
            return token(made);
        },
        recordSuccess: () => { },
    };
}
/** The waiting is done when a token is handed out, so that it happens on the world's clock. */
function token(retries) {
    return { getRetryCount: () => retries, getRetryDelay: () => 0 };
}
const BUSY = /Throttl|SlowDown|TooManyRequests|RequestLimitExceeded|BandwidthLimitExceeded/;
const PASSING_NAMES = /^(InternalError|RequestTimeout|OperationAborted|ConditionalRequestConflict|BadDigest)/;
const PASSING_STATUS = new Set([408, 500, 502, 504]);
const PASSING_NETWORK = new Set([
    'ECONNRESET',
    'ECONNREFUSED',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EAI_AGAIN',
    'ENOTFOUND',
]);
/** Pure: what the error of one attempt means. */
function judgeAttempt(thrown) {
    const { name, status, networkCode = '', clockCorrected } = error_wire_readAwsError(thrown);
    if (PASSING_NETWORK.has(networkCode))
        return 'passing';
    if (BUSY.test(name) || status === 429 || status === 503 || name === 'TimeoutError')
        return 'throttled';
    const passing = PASSING_NAMES.test(name) || PASSING_STATUS.has(status ?? 0) || clockCorrected;
    return passing ? 'passing' : 'lasting';
}
/** A wrong name, and a line that damages what is sent, stay as they are. */
function attemptsFor(trouble, thrown) {
    const { name, networkCode } = error_wire_readAwsError(thrown);
    return networkCode === 'ENOTFOUND' || name === 'BadDigest' ? FEW_ATTEMPTS : ATTEMPTS[trouble];
}

;// CONCATENATED MODULE: ./packages/aws/src/client.js


/** What every client of the SDK is made with. */
function clientConfig({ http, region, credentials, requestTimeout, retry }) {
    return {
        ...(region === undefined ? {} : { region }),
        ...(credentials === undefined ? {} : { credentials }),
        maxAttempts: 6,
        ...(retry === undefined ? {} : { retryStrategy: createRetryStrategy(retry) }),
        requestHandler: requestHandler(http, requestTimeout),
        customUserAgent: 'mlops-actions',
    };
}
/**
 * Our transport for a client of the SDK. The SDK has no deadlines of its own: against a server that accepts and stays
 * silent it waits for ever (peers-reliability 0.3), so each attempt gets connect and request deadlines.
 */
function requestHandler({ agents }, requestTimeout) {
    const connectionTimeout = Math.min(10_000, requestTimeout);
    // The SDK adds one to the other, and a timer that is too long ends at once.
    const longest = (0,timer/* timerOf */.p)(requestTimeout + connectionTimeout) - connectionTimeout;
    return {
        httpAgent: agents.http,
        httpsAgent: agents.https,
        connectionTimeout,
        requestTimeout: longest,
        socketTimeout: longest,
        throwOnRequestTimeout: true,
    };
}

;// CONCATENATED MODULE: ./packages/aws/src/explain.js


const named = (...names) => (error) => names.includes(error.name);
const RULES = [
    [
        named('CredentialsProviderError', 'TokenProviderError'),
        () => ({
            kind: 'auth',
            code: 'AWS_NO_CREDENTIALS',
            next: 'Give the job `permissions: { id-token: write }` and the step `role-to-assume: arn:aws:iam::…:role/…`, or run aws-actions/configure-aws-credentials before it',
        }),
    ],
    [
        // Other services know no place of a resource: their endpoint is of one region, and was signed for another.
        ({ region }, { action }) => region !== undefined && !action.startsWith('s3:'),
        ({ region }) => ({
            kind: 'config',
            code: 'AWS_OTHER_REGION',
            next: `The endpoint is of ${region}: give the step \`aws-region: ${region}\`, or correct the region of the profile`,
        }),
    ],
    [
        ({ region }) => region !== undefined,
        ({ region }) => ({
            kind: 'config',
            code: 'S3_REGION',
            next: `The bucket lies in ${region}: give the step \`aws-region: ${region}\`, or the remote \`region = ${region}\``,
        }),
    ],
    [
        (error) => /Region (is missing|not accepted)/.test(error.message),
        () => ({ kind: 'config', code: 'AWS_REGION_MISSING', next: 'Give the step `aws-region: eu-west-1`' }),
    ],
    [
        named('ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired'),
        () => ({
            kind: 'auth',
            code: 'AWS_EXPIRED',
            next: 'Use `role-to-assume`, which renews itself, or a longer role session',
        }),
    ],
    [
        named('RequestTimeTooSkewed', 'InvalidSignatureException', 'SignatureDoesNotMatch'),
        (error) => ({
            kind: 'auth',
            code: 'AWS_SIGNATURE',
            next: error.name === 'RequestTimeTooSkewed'
                ? "Correct the clock of the runner's machine"
                : 'Check the secret key, and that no proxy changes the request',
        }),
    ],
    [
        named('InvalidAccessKeyId', 'UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidToken', 'InvalidIdentityTokenException'),
        () => ({
            kind: 'auth',
            code: 'AWS_BAD_CREDENTIALS',
            next: 'Check which credentials this job has: the server does not know them',
        }),
    ],
    [
        (error) => named('AccessDenied', 'AccessDeniedException', 'Forbidden')(error) ||
            error.status === 403 ||
            DENIAL.test(error.message),
        ({ message }, call) => ({ kind: 'auth', code: 'AWS_ACCESS_DENIED', next: adviseOnDenial(message, call) }),
    ],
    [
        named('NoSuchBucket', 'RepositoryNotFoundException', 'NoSuchKey', 'NotFound', 'ImageNotFoundException'),
        () => ({ kind: 'not-found', code: 'AWS_NOT_FOUND', next: 'Check the name, the region and the account' }),
    ],
    [
        (error) => /Throttl|SlowDown|TooManyRequests|RequestLimitExceeded/.test(error.name) || error.status === 429,
        () => ({
            kind: 'rate-limit',
            code: 'AWS_THROTTLED',
            next: 'Run the step again later, or ask for a higher quota',
        }),
    ],
    [
        // What KMS says of a key that nobody can use, handed on by the service whose data it encrypts (KMS, Encrypt and Decrypt, Errors).
        ({ name }) => /^KMS\.(Disabled|NotFound|KMSInvalidState|InvalidKeyUsage)/.test(name),
        () => ({
            kind: 'config',
            code: 'AWS_KMS_KEY',
            next: 'Look at the KMS key that encrypts this: it has to exist, be enabled and not be scheduled for deletion',
        }),
    ],
    [
        named('LimitExceededException'),
        () => ({
            kind: 'quota',
            code: 'AWS_QUOTA',
            next: 'Ask for a higher quota, or remove what is not needed',
        }),
    ],
    [
        (error) => ['ENOTFOUND'].includes(error.networkCode ?? ''),
        () => ({
            kind: 'config',
            code: 'AWS_HOST',
            next: 'Check the region and the endpoint: the host does not resolve from this runner',
        }),
    ],
    [
        ({ networkCode }) => networkCode === 'EPROTO',
        () => ({
            kind: 'config',
            code: 'AWS_TLS',
            next: 'Check the endpoint: the server speaks no TLS there; one that really does not is given as http://…',
        }),
    ],
    [
        ({ networkCode }) => networkCode === 'ECONNREFUSED',
        () => ({
            kind: 'upstream',
            code: 'AWS_ERROR',
            next: 'Check the endpoint and its port: nothing answers there; if it is right, run the step again when the server is up',
        }),
    ],
    [
        (error) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(error.networkCode ?? ''),
        () => ({ kind: 'config', code: 'AWS_TLS', next: 'Give the CA of this server as `ca-cert`' }),
    ],
];
const OTHERWISE = {
    kind: 'upstream',
    code: 'AWS_ERROR',
    next: 'Run the step again; if it stays, look at https://health.aws.amazon.com and at the endpoint',
};
/** What an SDK call threw, as a Failure that names the missing IAM action, the resource and the request id. */
function explainAws(thrown, call) {
    if (thrown instanceof src_failure/* Failure */.HR)
        return thrown;
    const error = error_wire_readAwsError(thrown);
    const explanation = RULES.find(([matches]) => matches(error, call))?.[1](error, call) ?? OTHERWISE;
    return new src_failure/* Failure */.HR({ ...explanation, what: call.what, on: call.on, seen: describe(error), cause: thrown });
}
/** IAM user guide, "Troubleshoot access denied error messages"; STS says it of a web identity without the colon. */
const DENIAL = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: "?(arn:[^\s"]+))?/i;
/**
 * Whether an error is a denial by its words: a service that asks another one in the name of the caller hands that one's
 * sentence on under a name of its own (ECR's KmsException).
 */
function isDenialOfAws(thrown) {
    return DENIAL.test(readAwsError(thrown).message);
}
/** By what AWS itself says of the denial: of a key that encrypts the bucket, say, nobody else knows. */
function adviseOnDenial(message, { action, on }) {
    const [, denied, resource] = DENIAL.exec(message) ?? [];
    // Another action than the one that was asked for is not of the same thing.
    const where = resource ?? (denied === undefined || denied === action ? on : undefined);
    const what = `\`${denied ?? action}\`${where === undefined ? '' : ` on ${where}`}`;
    const [, by] = / with (an explicit deny(?: in an? [a-z -]+ policy)?)/.exec(message) ?? [];
    if (by !== undefined)
        return `Have ${what} taken out of ${by}`;
    const isOfResource = message.includes('because no resource-based policy allows');
    return `Allow the role of this job ${what}${isOfResource ? ', in the policy of that resource' : ''}`;
}
function describe({ name, message, status, requestId, networkCode }) {
    const facts = [
        status === undefined ? networkCode : `HTTP ${status}`,
        requestId === undefined ? undefined : `request ${requestId}`,
    ];
    const known = facts.filter((fact) => fact !== undefined).join(', ');
    return `${name}: ${message}${known === '' ? '' : ` (${known})`}`;
}

;// CONCATENATED MODULE: ./packages/aws/src/id-token.wire.js
/** Reads them for a message, unverified; what cannot be read says so in its place. */
function readClaims(token) {
    const { sub, iss } = payloadOf(token);
    return { subject: said(sub), issuer: said(iss) };
}
function payloadOf(token) {
    try {
        const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
        return typeof payload === 'object' && payload !== null ? payload : {};
    }
    catch {
        return {};
    }
}
function said(claim) {
    return typeof claim === 'string' && claim !== '' ? claim.slice(0, 200) : 'not to be read';
}

;// CONCATENATED MODULE: ./packages/aws/src/explain-role.js




const ACTION = 'sts:AssumeRoleWithWebIdentity';
/**
 * Why STS gave no keys for a role (API reference, AssumeRoleWithWebIdentity, Errors). A denial is one by the trust policy of
 * the role, or by a role that is not there; a token is invalid where the account has no provider for its issuer, or one
 * with other audiences.
 */
function explainRole(thrown, refused) {
    const { role, webIdentityToken } = refused;
    const failure = explainAws(thrown, { what: 'Cannot assume the role', on: role, action: ACTION });
    const { subject, issuer } = readClaims(webIdentityToken);
    const { name } = error_wire_readAwsError(thrown);
    if (name === 'InvalidIdentityTokenException')
        return new src_failure/* Failure */.HR({
            ...failure.details,
            kind: 'auth',
            code: 'AWS_OIDC_PROVIDER',
            next: `Add the identity provider ${issuer} with the audience sts.amazonaws.com to IAM of account ${accountOf(role)}, or correct its audience`,
        });
    if (failure.code !== 'AWS_ACCESS_DENIED')
        return failure;
    return new src_failure/* Failure */.HR({
        ...failure.details,
        code: 'AWS_ROLE_REFUSED',
        next: `Check that the role exists, and let its trust policy allow \`${ACTION}\` to this job, whose \`sub\` is ${subject}`,
    });
}
function accountOf(role) {
    return role.split(':')[4] ?? '';
}

;// CONCATENATED MODULE: ./packages/aws/src/credentials.js




/** Whether it is the ARN of a role of IAM, in any partition. */
function isRoleArn(text) {
    return /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text);
}
/**
 * Credentials of a role assumed by OIDC, or undefined: then the SDK's own chain decides
 * (environment, profile, container, instance). There are no inputs for keys, on purpose.
 * @throws Failure `config` for what is no role ARN
 */
function roleCredentials(world, options) {
    const { role } = options;
    return role === undefined ? undefined : assumedRole(world, { ...options, role });
}
/**
 * Credentials of a role assumed by OIDC. Whoever asks them for keys gets a Failure that is about the role, not about what
 * the keys were wanted for.
 * @throws Failure `config` for what is no role ARN
 */
function assumedRole(world, { role, region, idToken, sessionName, over }) {
    assertRoleArn(role);
    return async (client) => {
        const webIdentityToken = await idToken('sts.amazonaws.com');
        const clientConfig = {
            ...(region === undefined ? {} : { region }),
            ...(over === undefined ? {} : { requestHandler: requestHandler(over.http, over.requestTimeout) }),
        };
        const provider = (0,dist_cjs.fromWebToken)({
            roleArn: role,
            webIdentityToken,
            roleSessionName: sessionName.replace(/[^\w+=,.@-]/g, '-').slice(0, 64),
            clientConfig,
        });
        // With its proxy, its CA and its deadlines: STS would be asked by a transport of the SDK's own.
        const keys = await provider(client).catch((thrown) => {
            throw explainRole(thrown, { role, webIdentityToken });
        });
        world.mask(keys.secretAccessKey);
        if (keys.sessionToken !== undefined)
            world.mask(keys.sessionToken);
        return keys;
    };
}
function assertRoleArn(role) {
    if (isRoleArn(role))
        return;
    throw wrongInput('role-to-assume', {
        code: 'AWS_ROLE_ARN',
        seen: `got "${role.slice(0, 120)}"; want a role ARN`,
        next: 'Give an ARN such as arn:aws:iam::123456789012:role/ml-push',
    });
}

// EXTERNAL MODULE: ../../node_modules/@aws-sdk/client-s3/dist-cjs/index.js
var client_s3_dist_cjs = __webpack_require__(8299);
;// CONCATENATED MODULE: ./packages/aws/src/renew.js

const EXPIRED = /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpired)$/;
/**
 * Makes a client ask for new credentials, once for each request, where the server says that they have expired: the
 * machine's clock may be slow, a session revoked, a token shorter-lived than it said. The outermost step, so that
 * everything that was done with the old ones is done anew.
 */
function renewExpiredCredentials(client) {
    let renewals = 0;
    let renewing;
    const renew = async (seen) => {
        // Of many requests that fail together the first one asks.
        if (seen === renewals) {
            renewals += 1;
            renewing = client.config.credentials({ forceRefresh: true });
        }
        await renewing;
    };
    client.middlewareStack.add((next, context) => async (args) => {
        const seen = renewals;
        try {
            return await next(args);
        }
        catch (thrown) {
            if (!isExpired(thrown, String(context['commandName'])))
                throw thrown;
            await renew(seen).catch(() => {
                throw thrown;
            });
            return next(args);
        }
    }, { step: 'initialize', priority: 'high', name: 'renewExpiredCredentials' });
}
/** An answer to HEAD has no body that could name its error; a bad token is a bad request there. */
function isExpired(thrown, operation) {
    const { name, status } = error_wire_readAwsError(thrown);
    return EXPIRED.test(name) || (status === 400 && operation.startsWith('Head'));
}

;// CONCATENATED MODULE: ./packages/aws/src/request.wire.js
/** Makes a client send more headers, signed with the rest. */
function addRequestHeaders(client, headersFor) {
    client.middlewareStack.add((next, context) => (args) => {
        const request = args.request;
        const more = headersFor({
            protocol: String(request.protocol),
            hasBody: request.body !== undefined,
            operation: String(context['commandName']),
        });
        Object.assign(request.headers ?? {}, more);
        return next(args);
    }, { step: 'build', name: 'addRequestHeaders' });
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
;// CONCATENATED MODULE: ./packages/aws/src/shortcut/plan.js
const METHODS = {
    PutObjectCommand: 'PUT',
    UploadPartCommand: 'PUT',
    GetObjectCommand: 'GET',
    HeadObjectCommand: 'HEAD',
};
/** Where S3 wants the members of the SDK's inputs (PutObject, UploadPart, GetObject, HeadObject in the API reference). */
const HEADERS = {
    ContentMD5: 'content-md5',
    ChecksumCRC32: 'x-amz-checksum-crc32',
    Range: 'range',
    IfMatch: 'if-match',
    IfNoneMatch: 'if-none-match',
    ACL: 'x-amz-acl',
    GrantRead: 'x-amz-grant-read',
    GrantReadACP: 'x-amz-grant-read-acp',
    GrantWriteACP: 'x-amz-grant-write-acp',
    GrantFullControl: 'x-amz-grant-full-control',
    ServerSideEncryption: 'x-amz-server-side-encryption',
    SSEKMSKeyId: 'x-amz-server-side-encryption-aws-kms-key-id',
    SSECustomerAlgorithm: 'x-amz-server-side-encryption-customer-algorithm',
    SSECustomerKey: 'x-amz-server-side-encryption-customer-key',
    SSECustomerKeyMD5: 'x-amz-server-side-encryption-customer-key-md5',
};
const QUERY = { UploadId: 'uploadId', PartNumber: 'partNumber' };
/** Pure: the request of a command, or undefined for a command, or a member of one, that is left to the SDK. */
function planRequest(operation, input) {
    const method = Object.entries(METHODS).find(([name]) => name === operation)?.[1];
    const { Bucket: bucket, Key: key, Body: body, ...rest } = input;
    if (method === undefined || typeof bucket !== 'string' || typeof key !== 'string')
        return undefined;
    if (method === 'PUT' ? !Buffer.isBuffer(body) : body !== undefined)
        return undefined;
    const headers = {};
    const query = {};
    for (const [name, value] of Object.entries(rest)) {
        if (value === undefined)
            continue;
        const [header, parameter] = [HEADERS[name], QUERY[name]];
        if (header !== undefined && typeof value === 'string')
            headers[header] = value;
        else if (parameter !== undefined)
            query[parameter] = String(value);
        else
            return undefined;
    }
    if (Buffer.isBuffer(body)) {
        headers['content-type'] = 'application/octet-stream';
        return { method, bucket, key, query, headers, body };
    }
    return { method, bucket, key, query, headers, body: undefined };
}

// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(8321);
;// CONCATENATED MODULE: ./packages/aws/src/sigv4.js

// The pieces of Signature Version 4 ("Create a signed AWS API request" in the IAM user guide).
function sha256Hex(data) {
    return (0,external_node_crypto_.hash)('sha256', data);
}
function hmac(key, text) {
    return (0,external_node_crypto_.createHmac)('sha256', key).update(text).digest();
}
/** @param scope `20260115/eu-west-1/s3/aws4_request` */
function signingKey(secret, scope) {
    return scope.split('/').reduce((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}
/** RFC 3986, as SigV4 wants it: encodeURIComponent leaves `!'()*` as they are. */
function encodeStrictly(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
/** Encoded, and sorted by the encoded names: `a=` stands before `a-b=`, though `-` comes before `=`. */
function canonicalQuery(parameters) {
    return Object.entries(parameters)
        .map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)])
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map((pair) => pair.join('='))
        .join('&');
}
/** `20260115T120000Z` */
function stampOf(now) {
    return new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

;// CONCATENATED MODULE: ./packages/aws/src/shortcut/answer.js
const MEMBERS = {
    etag: 'ETag',
    'content-range': 'ContentRange',
    'x-amz-server-side-encryption': 'ServerSideEncryption',
    'x-amz-server-side-encryption-customer-algorithm': 'SSECustomerAlgorithm',
    'x-amz-storage-class': 'StorageClass',
    'x-amz-archive-status': 'ArchiveStatus',
    'x-amz-restore': 'Restore',
    'x-amz-checksum-crc32': 'ChecksumCRC32',
};
/**
 * Pure: the output of a request that has succeeded beyond doubt: with an ETag, and for what reads with a length. Undefined
 * for everything else, an answer of another server with status 200 included.
 */
function readOutput(method, status, headers) {
    if (status !== 200 && !(status === 206 && method === 'GET'))
        return undefined;
    if ((headers['etag'] ?? '') === '')
        return undefined;
    const length = headers['content-length'];
    if (method !== 'PUT' && (length === undefined || !/^\d+$/.test(length)))
        return undefined;
    const output = {};
    for (const [name, member] of Object.entries(MEMBERS)) {
        if (headers[name] !== undefined)
            output[member] = headers[name];
    }
    return method === 'PUT' ? output : { ...output, ContentLength: Number(length) };
}

;// CONCATENATED MODULE: ./packages/aws/src/shortcut/sign.js


/** The headers of a request with its signature (Signature Version 4; S3 encodes the path once, others once more). */
function createSigner(region, service = 's3') {
    let cached;
    const keyFor = (secret, scope) => {
        const wanted = `${secret} ${scope}`;
        if (cached?.for !== wanted)
            cached = { for: wanted, key: (0,external_node_crypto_.createSecretKey)(signingKey(secret, scope)) };
        return cached.key;
    };
    return ({ method, path, query, headers, payload }, keys, now) => {
        const stamp = stampOf(now);
        const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`;
        const all = {
            ...headers,
            'x-amz-content-sha256': payload,
            'x-amz-date': stamp,
            // An empty one, as an unset variable leaves it, is none.
            ...(keys.sessionToken ? { 'x-amz-security-token': keys.sessionToken } : {}),
        };
        const names = Object.keys(all).sort();
        const canonicalHeaders = names.map((name) => `${name}:${canonicalValue(all[name] ?? '')}\n`).join('');
        const signed = names.join(';');
        const canonical = [method, path, canonicalQuery(query), canonicalHeaders, signed, payload].join('\n');
        const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256Hex(canonical)].join('\n');
        const signature = hmac(keyFor(keys.secretAccessKey, scope), toSign).toString('hex');
        const credential = `${keys.accessKeyId}/${scope}`;
        all['authorization'] =
            `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`;
        return all;
    };
}
/** Without white space around it, and one space for every run of it within. */
function canonicalValue(value) {
    return value.trim().replace(/\s+/g, ' ');
}

;// CONCATENATED MODULE: ./packages/aws/src/shortcut/route.js


/** Signature Version 4 for the service `s3`: neither S3 Express, Outposts, Object Lambda nor access points of many regions. */
const SCOPE = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([A-Za-z0-9_-]+)\/s3\/aws4_request,/;
/**
 * Pure: what stands before the key in the path of one request is what stands before every key of its bucket. Undefined for
 * what is signed in another way.
 */
function routeOf(request, key) {
    const { protocol, hostname, port, path, headers } = request;
    const authorization = headers['authorization'];
    const region = SCOPE.exec(authorization ?? '')?.[1];
    if (authorization !== undefined && region === undefined)
        return undefined;
    const encoded = encodeKey(key);
    if (!path.endsWith(encoded))
        return undefined;
    const folder = path.slice(0, path.length - encoded.length);
    return {
        protocol,
        hostname,
        port,
        path: folder.endsWith('/') ? folder : `${folder}/`,
        sign: region === undefined ? undefined : createSigner(region),
    };
}
/** S3 encodes a key once, and its slashes not at all ("Create a signed AWS API request" in the IAM user guide). */
function encodeKey(key) {
    return key.split('/').map(encodeStrictly).join('/');
}

;// CONCATENATED MODULE: ./packages/aws/src/shortcut/send.wire.js







const EMPTY_SHA256 = sha256Hex('');
/**
 * What TLS is given at once. It encrypts whatever it gets before anything of that is sent: a whole body would stand in memory
 * twice, and its second copy would be gone from the processor's cache when the system reads it.
 */
const PIECE = 256 * 1024;
/** Sends a request once, through the connections, the deadlines and with the credentials of the client. Never throws. */
async function sendPlain(client, route, request, abortSignal) {
    try {
        const outgoing = await outgoingOf(client, route, request);
        const { response } = await client.config.requestHandler.handle(outgoing, {
            ...(abortSignal === undefined ? {} : { abortSignal }),
        });
        return readAnswer(request, response);
    }
    catch (thrown) {
        return { trouble: judgeAttempt(thrown), retryAfter: 0 };
    }
}
/** The request as it goes to a bucket, signed with what the client has for keys now. */
async function outgoingOf(client, route, request) {
    const { protocol, hostname, port } = route;
    const path = route.path + encodeKey(request.key);
    return {
        method: request.method,
        protocol,
        hostname,
        ...(port === undefined ? {} : { port }),
        path,
        query: request.query,
        headers: await headersOf(client, route, request, path),
        ...(request.body === undefined
            ? {}
            : { body: protocol === 'https:' ? inPieces(request.body) : request.body }),
    };
}
function inPieces(body) {
    if (body.length <= PIECE)
        return body;
    let at = 0;
    return new external_node_stream_.Readable({
        highWaterMark: PIECE,
        read() {
            const piece = body.subarray(at, at + PIECE);
            at += piece.length;
            this.push(piece.length > 0 ? piece : null);
        },
    });
}
function readAnswer({ method }, response) {
    const { statusCode, headers } = response;
    const output = readOutput(method, statusCode, headers);
    const body = response.body;
    if (output === undefined || method !== 'GET')
        body.resume();
    const { 'x-amz-request-id': requestId } = headers;
    const said = requestId === undefined ? {} : { requestId };
    const $metadata = { httpStatusCode: statusCode, attempts: 1, ...said };
    // HEAD has no body that could say more.
    if (method === 'HEAD' && statusCode === 404)
        return { absent: new client_s3_dist_cjs/* NotFound */.Mku({ message: 'NotFound', $metadata }) };
    if (output !== undefined) {
        const Body = method === 'GET' ? { Body: withReaders(body) } : {};
        return { output: { ...output, ...Body, $metadata } };
    }
    const trouble = judgeAttempt({ $metadata: { httpStatusCode: statusCode } });
    return { trouble, retryAfter: readRetryAfter(headers['retry-after']) };
}
/** Pure: milliseconds; 0 for what is no number of seconds. */
function readRetryAfter(header = '') {
    return /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : 0;
}
async function headersOf(client, { protocol, hostname, port, sign }, { method, query, headers, body }, path) {
    const all = {
        ...headers,
        host: port === undefined ? hostname : `${hostname}:${port}`,
        ...(body === undefined ? {} : { 'content-length': String(body.length) }),
    };
    const agent = { 'user-agent': 'mlops-actions' };
    if (sign === undefined)
        return { ...all, ...agent };
    const payload = body === undefined ? EMPTY_SHA256 : protocol === 'https:' ? 'UNSIGNED-PAYLOAD' : sha256Hex(body);
    const request = { method, path, query, headers: all, payload };
    // The clock as the SDK has corrected it.
    const keys = await client.config.credentials();
    return { ...sign(request, keys, Date.now() + client.config.systemClockOffset), ...agent };
}
/** The ways in which the SDK lets a body be read. */
function withReaders(body) {
    return Object.assign(body, {
        transformToByteArray: async () => new Uint8Array(await (0,consumers_.buffer)(body)),
        transformToString: async (encoding) => (await (0,consumers_.buffer)(body)).toString(encoding),
        transformToWebStream: () => external_node_stream_.Readable.toWeb(body),
    });
}

;// CONCATENATED MODULE: ./packages/aws/src/shortcut/direct.wire.js




/** Signs for the route that the SDK has found. Undefined for what could not be sent as it is. */
async function signGet(client, route, headers, input) {
    const request = planRequest('GetObjectCommand', { ...input });
    // A query would be signed, and stand nowhere in the request line.
    if (request === undefined || Object.keys(request.query).length > 0)
        return undefined;
    const plain = { ...request, headers: { ...headers, ...request.headers } };
    const outgoing = await outgoingOf(client, route, plain);
    const head = formatHead(outgoing.path, outgoing.headers);
    const isTls = route.protocol === 'https:';
    // Brackets around an IPv6 address belong into URLs and Host alone.
    const host = route.hostname.replace(/^\[|\]$/g, '');
    return head === undefined ? undefined : { isTls, host, port: route.port ?? (isTls ? 443 : 80), head };
}
/** Pure: by the rules by which node:http would throw (RFC 9112, 3 and 5): an ETag is what a server has written. */
function formatHead(path, headers) {
    if (!/^\/[\x21-\x7e]*$/.test(path))
        return undefined;
    try {
        for (const [name, value] of Object.entries(headers)) {
            (0,external_node_http_.validateHeaderName)(name);
            (0,external_node_http_.validateHeaderValue)(name, value);
        }
    }
    catch {
        return undefined;
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return [`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
/** Pure: what it means for the requests that follow. */
function judgeGet({ status, networkCode, isLate }) {
    if (isLate === true)
        return 'throttled';
    return judgeAttempt({ code: networkCode, $metadata: { httpStatusCode: status } });
}

;// CONCATENATED MODULE: ./packages/aws/src/shortcut/shortcut.wire.js




/** Then there is something between here and there that wants requests to be those of the SDK. */
const MOST_REFUSALS = 16;
/** Milliseconds before the SDK tries again where the server wants fewer requests. */
const BACK_OFF = 300;
const shortcut_wire_LONGEST_RETRY_AFTER = 60_000;
/**
 * Sends the four requests that a transfer makes by the ten thousand (PutObject, UploadPart, GetObject, HeadObject) without
 * the machinery of the SDK, through its connections: a tenth of the processor time and of the garbage (docs/adr/0006).
 * Only what has succeeded beyond doubt is taken. Everything else (an error, a redirect, expired keys, an answer that is none
 * of S3, a line that broke) is left to the SDK, which sends the request again in its own way.
 */
function addShortcut(client, { retry, headers }) {
    const routes = new Map();
    learnRoutes(client, routes);
    const sendBySdk = client.send.bind(client);
    // Around the client and not one of its steps: to put those together costs more than the request.
    const send = async (command, options) => {
        const request = planRequest(command.constructor.name, command.input);
        const route = request === undefined ? undefined : routes.get(request.bucket);
        if (request === undefined || route === undefined || route.refusals >= MOST_REFUSALS)
            return sendBySdk(command, options);
        const signal = options?.abortSignal;
        const plain = { ...request, headers: { ...headers, ...request.headers } };
        const clock = client.config.systemClockOffset;
        const answer = await sendPlain(client, route, plain, signal);
        if (!('trouble' in answer))
            route.refusals = 0;
        if ('output' in answer)
            return answer.output;
        if ('absent' in answer)
            throw answer.absent;
        signal?.throwIfAborted();
        await heed(answer, retry);
        const output = await sendBySdk(command, options);
        // What a wrong clock or a broken line has cost says nothing about the next request.
        if (answer.trouble === 'lasting' && client.config.systemClockOffset === clock)
            route.refusals += 1;
        return output;
    };
    client.send = send;
    return directGets(client, routes, { retry, headers });
}
/** The same requests for who has sockets of its own, by the same routes. */
function directGets(client, routes, { retry, headers }) {
    const openRoute = (bucket = '') => {
        const route = routes.get(bucket);
        return route !== undefined && route.directRefusals < MOST_REFUSALS ? route : undefined;
    };
    return {
        isOpen: (bucket) => openRoute(bucket) !== undefined,
        sign: async (input) => {
            const route = openRoute(input.Bucket);
            return route === undefined ? undefined : signGet(client, route, headers, input);
        },
        settle: async (bucket, seen) => {
            const route = openRoute(bucket);
            const trouble = seen === undefined ? undefined : judgeGet(seen);
            if (route !== undefined && trouble !== 'passing' && trouble !== 'throttled')
                route.directRefusals = trouble === undefined ? 0 : route.directRefusals + 1;
            if (trouble !== undefined)
                await heed({ trouble, retryAfter: readRetryAfter(seen?.retryAfter) }, retry);
        },
    };
}
/** Tells of a failed attempt, and waits as the server asks before the SDK makes the next one. */
async function heed({ trouble, retryAfter }, retry) {
    retry?.onTrouble?.(trouble);
    if (trouble !== 'throttled')
        return;
    await retry?.world.sleep(Math.max(retry.world.random() * BACK_OFF, Math.min(retryAfter, shortcut_wire_LONGEST_RETRY_AFTER)));
}
/** Remembers how the SDK has reached a bucket, redirects and regions included. */
function learnRoutes(client, routes) {
    client.middlewareStack.add((next) => async (args) => {
        const result = await next(args);
        const { Bucket: bucket, Key: key } = args.input;
        const { statusCode } = result.response;
        if (![200, 206].includes(statusCode) || typeof bucket !== 'string' || routes.has(bucket))
            return result;
        const route = routeOf(args.request, typeof key === 'string' ? key : '');
        if (route !== undefined)
            routes.set(bucket, { ...route, refusals: 0, directRefusals: 0 });
        return result;
    }, { step: 'deserialize', priority: 'low', name: 'learnRoutes' });
}

;// CONCATENATED MODULE: ./packages/aws/src/s3.js





/**
 * A client for AWS or an S3-compatible server. The latter is spoken to path-style and without the SDK's default
 * CRC32 trailers, which servers have rejected (R2, Ceph) or stored as part of the object
 * (s3rver 3.7.1, ecr-aws reference section 5): integrity comes from Content-MD5, from checksums of parts where the server
 * knows them, and from looking afterwards. Under TLS bodies are not hashed once more for the signature, which was the
 * largest cost of an upload (ecr-aws reference section 6). AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT choose
 * the endpoint, as everywhere.
 */
function createS3(options) {
    return createS3WithGets(options).s3;
}
/** The same, with what signs requests that are sent over other sockets than the client's. */
function createS3WithGets(options) {
    const endpoint = options.endpoint ?? options.env['AWS_ENDPOINT_URL_S3'] ?? options.env['AWS_ENDPOINT_URL'];
    const isCustom = endpoint !== undefined && endpoint !== '';
    const { addressing = 'auto' } = options;
    const client = new client_s3_dist_cjs/* S3Client */.YxF({
        ...clientConfig(options),
        followRegionRedirects: true,
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        // With agents of our own the SDK does not wait for the 100 anyway.
        expectContinueHeader: false,
        ...(isCustom ? { endpoint } : {}),
        ...(options.env['AWS_USE_FIPS_ENDPOINT'] === 'true' ? { useFipsEndpoint: true } : {}),
        ...(options.env['AWS_USE_DUALSTACK_ENDPOINT'] === 'true' ? { useDualstackEndpoint: true } : {}),
        forcePathStyle: addressing === 'path' || (addressing === 'auto' && isCustom),
        ...(options.anonymous === true ? UNSIGNED : {}),
    });
    // Prepares every request and answer for a log that nobody keeps: a fiftieth of the processor time of ten thousand small ones.
    client.middlewareStack.remove('loggerMiddleware');
    addRequestHeaders(client, ({ protocol, hasBody, operation }) => ({
        ...(options.requesterPays === true ? { 'x-amz-request-payer': 'requester' } : {}),
        ...(protocol === 'https:' && hasBody && PLAIN_BODIES.has(operation)
            ? { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
            : {}),
    }));
    const gets = addShortcut(client, {
        retry: options.retry,
        headers: options.requesterPays === true ? { 'x-amz-request-payer': 'requester' } : {},
    });
    renewExpiredCredentials(client);
    return { s3: client, gets };
}
const PLAIN_BODIES = new Set(['PutObjectCommand', 'UploadPartCommand']);
const UNSIGNED = {
    credentials: { accessKeyId: '', secretAccessKey: '' },
    signer: { sign: (request) => Promise.resolve(request) },
};


// EXTERNAL MODULE: ./packages/text/src/count.js
var count = __webpack_require__(2832);
// EXTERNAL MODULE: ./packages/text/src/size.js
var size = __webpack_require__(94);
;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/s3-objects.js



/** `s3://bucket/key` or `minio://bucket/key`, as the pipeline root writes it; a query (region, endpoint) does not count. */
function parseS3Uri(uri, artifact) {
    const [, bucket, key] = /^(?:s3|minio):\/\/([^/?#]+)\/([^?#]+?)\/*(?:[?#].*)?$/.exec(uri) ?? [];
    if (bucket !== undefined && key !== undefined)
        return { bucket, key };
    throw new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'ARTIFACT_URI',
        what: 'Cannot download the artifact',
        on: artifact,
        seen: `it lies at ${uri}, and only S3 can be read`,
        next: 'Take it out of `download`, or give the pipeline a root in S3',
    });
}
/** The objects of an artifact: everything below its URI, or the one object that the URI itself names. */
async function listArtifact(s3, place, signal) {
    const below = await listBelow(s3, place, signal);
    return below.length > 0 ? below : findOne(s3, place, signal);
}
/** More is no model but a data set, and nobody wants that in a checkout. */
const MOST_FILES = 10_000;
async function listBelow(s3, { bucket, key }, signal) {
    const prefix = `${key}/`;
    const objects = [];
    let token;
    do {
        const page = await s3
            .send(new client_s3_dist_cjs/* ListObjectsV2Command */.u6x({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }), {
            abortSignal: signal,
        })
            .catch((thrown) => {
            throw explainAws(thrown, {
                what: 'Cannot list the artifact',
                on: `s3://${bucket}/${prefix}`,
                action: 's3:ListBucket',
            });
        });
        // Consoles mark folders by empty objects whose key ends with a slash.
        for (const { Key = '', Size = 0, ETag = '' } of page.Contents ?? [])
            if (!Key.endsWith('/'))
                objects.push({ key: Key, path: Key.slice(prefix.length), size: Size, etag: ETag });
        token = page.NextContinuationToken;
        if (objects.length > MOST_FILES)
            throw tooMany(`s3://${bucket}/${prefix}`);
    } while (token !== undefined);
    return objects;
}
async function findOne(s3, { bucket, key }, signal) {
    const on = `s3://${bucket}/${key}`;
    const head = await s3
        .send(new client_s3_dist_cjs/* HeadObjectCommand */.l81({ Bucket: bucket, Key: key }), { abortSignal: signal })
        .catch((thrown) => {
        throw explainAws(thrown, { what: 'Cannot find the artifact', on, action: 's3:GetObject' });
    });
    return [{ key, path: '', size: head.ContentLength ?? 0, etag: head.ETag ?? '' }];
}
function tooMany(on) {
    return new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'ARTIFACT_TOO_MANY_FILES',
        what: 'Cannot download the artifact',
        on,
        seen: `it has more than ${MOST_FILES} files`,
        next: 'Take it out of `download`, and read it where it lies',
    });
}

// EXTERNAL MODULE: ./actions/kfp-run-and-wait/src/workspace.js
var src_workspace = __webpack_require__(7738);
;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/download.js












/** Files at the same time. */
const AT_ONCE = 8;
/**
 * Downloads output artifacts into the workspace. Every file is compared with what S3 says of it, and gets its name only
 * when it is whole.
 * @returns paths below the workspace
 */
async function downloadArtifacts(inputs, world, aws, artifacts) {
    const { env, context } = world;
    const region = resolveRegion(world, { input: inputs.awsRegion });
    const sessionName = `mlops-actions-${context.runId}`;
    const credentials = roleCredentials(world, {
        role: inputs.roleToAssume,
        region,
        idToken: world.idToken,
        sessionName,
    });
    const s3 = createS3({ http: aws, region, credentials, requestTimeout: inputs.requestTimeout, env });
    const files = [];
    try {
        for (const [artifact, path] of inputs.download) {
            const place = parseS3Uri(uriOf(artifact, artifacts), artifact);
            files.push(...(await downloadOne(s3, place, path, world)));
        }
    }
    finally {
        s3.destroy();
    }
    return files;
}
function uriOf(artifact, artifacts) {
    const uri = Object.hasOwn(artifacts, artifact) ? artifacts[artifact] : undefined;
    if (uri !== undefined)
        return uri;
    throw new src_failure/* Failure */.HR({
        kind: 'not-found',
        code: 'ARTIFACT_UNKNOWN',
        what: 'Cannot download the artifact',
        on: artifact,
        seen: `the run has put out ${Object.keys(artifacts).join(', ') || 'no artifacts'}`,
        next: 'Correct the name in `download`; where several tasks have it, write <task>.<name>',
    });
}
async function downloadOne(s3, place, path, world) {
    const { workspace } = world.context;
    const objects = await listArtifact(s3, place, world.signal);
    const plan = [];
    for (const object of objects)
        plan.push({ object, file: await targetOf(object, path, workspace) });
    let next = 0;
    const work = async () => {
        for (let item = plan[next++]; item !== undefined; item = plan[next++])
            await fetchObject(s3, place.bucket, item, world);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const bytes = objects.reduce((sum, { size }) => sum + size, 0);
    world.log.info(`${(0,count/* formatCount */.B)(objects.length, 'file')} (${(0,size/* formatSize */.X)(bytes)}) of s3://${place.bucket}/${place.key} to ${path}`);
    return plan.map(({ file }) => (0,external_node_path_.relative)(workspace, file));
}
/** A folder keeps its names below `path`; a single object becomes `path`, or goes into it where that is a folder. */
async function targetOf({ key, path: rest }, path, workspace) {
    if (rest !== '' && !(0,src_workspace/* isPlainPath */.q)(rest))
        throw unsafeName(key);
    if (rest !== '')
        return (0,src_workspace/* resolveInside */.L)(workspace, (0,external_node_path_.join)(path, rest), 'download');
    const target = await (0,src_workspace/* resolveInside */.L)(workspace, path, 'download');
    const isFolder = path.endsWith('/') ||
        (await (0,promises_.stat)(target).then((found) => found.isDirectory(), () => false));
    if (!isFolder)
        return target;
    if (!(0,src_workspace/* isPlainPath */.q)((0,external_node_path_.basename)(key)))
        throw unsafeName(key);
    return (0,src_workspace/* resolveInside */.L)(workspace, (0,external_node_path_.join)(path, (0,external_node_path_.basename)(key)), 'download');
}
async function fetchObject(s3, bucket, { object, file }, world) {
    const on = `s3://${bucket}/${object.key}`;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true });
    const part = (0,external_node_path_.join)((0,external_node_path_.dirname)(file), `.${(0,external_node_crypto_.randomUUID)()}.part`);
    try {
        // If-Match: what is downloaded is what was listed.
        const get = new client_s3_dist_cjs/* GetObjectCommand */.jLs({ Bucket: bucket, Key: object.key, IfMatch: object.etag });
        const answer = await s3.send(get, { abortSignal: world.signal });
        if (!(answer.Body instanceof external_node_stream_.Readable))
            throw broken(on, 'the answer has no body');
        const hash = (0,external_node_crypto_.createHash)('md5');
        let bytes = 0;
        await (0,external_node_stream_promises_.pipeline)(answer.Body, async function* (chunks) {
            for await (const chunk of chunks) {
                hash.update(chunk);
                bytes += chunk.length;
                yield chunk;
            }
        }, (0,external_node_fs_.createWriteStream)(part, { flags: 'wx' }), { signal: world.signal });
        const isEncryptedByKey = answer.ServerSideEncryption?.startsWith('aws:kms') === true || answer.SSECustomerAlgorithm !== undefined;
        assertWhole(on, object, bytes, isEncryptedByKey ? undefined : hash.digest('hex'));
        await (0,promises_.rename)(part, file);
    }
    catch (thrown) {
        throw explainAws(thrown, { what: 'Cannot download the artifact', on, action: 's3:GetObject' });
    }
    finally {
        await (0,promises_.rm)(part, { force: true });
    }
}
/** An ETag is the MD5 only of what was uploaded in one part and is not encrypted with a key of KMS or the caller. */
function assertWhole(on, { size, etag }, bytes, md5) {
    if (bytes !== size)
        throw broken(on, `${bytes} bytes came, and ${size} were announced`);
    const expected = /^"?([0-9a-f]{32})"?$/.exec(etag)?.[1];
    if (expected !== undefined && md5 !== undefined && md5 !== expected)
        throw broken(on, `its MD5 is ${md5}, and its ETag says ${expected}`);
}
function broken(on, seen) {
    return new src_failure/* Failure */.HR({
        kind: 'integrity',
        code: 'ARTIFACT_BROKEN',
        what: 'The artifact did not arrive whole',
        on,
        seen,
        next: 'Run the step again: it attaches to the same run and downloads anew',
        retryable: true,
    });
}
function unsafeName(key) {
    return new src_failure/* Failure */.HR({
        kind: 'integrity',
        code: 'ARTIFACT_NAME',
        what: 'Refused to download the artifact',
        on: 'its objects in S3',
        seen: `the key ${JSON.stringify(key.slice(0, 200))} is no plain path below the artifact`,
        next: 'Look at who wrote this: a name with .. or an empty part can only be meant to write elsewhere',
    });
}


/***/ })

};
