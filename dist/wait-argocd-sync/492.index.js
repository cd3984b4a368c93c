export const id = 492;
export const ids = [492];
export const modules = {

/***/ 3492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connectEks: () => (/* binding */ eks_connectEks)
});

// EXTERNAL MODULE: ./packages/diagnostics/src/failure.js
var src_failure = __webpack_require__(5836);
// EXTERNAL MODULE: ./packages/http/src/create.js + 22 modules
var create = __webpack_require__(76);
// EXTERNAL MODULE: ../../node_modules/@aws-sdk/credential-provider-web-identity/dist-cjs/index.js
var dist_cjs = __webpack_require__(8112);
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
        const provider = (0,dist_cjs/* fromWebToken */.G)({
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

// EXTERNAL MODULE: ./packages/http/src/validate.wire.js
var validate_wire = __webpack_require__(2117);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
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

;// CONCATENATED MODULE: ./packages/aws/src/eks-describe.js




const isDescribed = (0,validate_wire/* record */.g1)({
    cluster: (0,validate_wire/* record */.g1)({
        status: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
        endpoint: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
        certificateAuthority: (0,validate_wire/* optional */.lq)((0,validate_wire/* record */.g1)({ data: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, '') })),
    }),
});
/** EKS DescribeCluster (API reference): where a cluster is answered as long as it is being made, there is no endpoint yet. */
async function describeCluster(world, http, asked) {
    const { cluster, region, keys } = asked;
    const base = endpointOf(world, region);
    const path = `/clusters/${encodeURIComponent(cluster)}`;
    const payload = sha256Hex('');
    const headers = { host: new URL(base).host };
    const sign = createSigner(region, 'eks');
    const signed = sign({ method: 'GET', path, query: {}, headers, payload }, keys, world.now());
    const { host: _host, ...sent } = signed;
    const what = 'Cannot describe the EKS cluster';
    const request = { url: `${base}${path}`, headers: sent, what, explain: explainDescribe(asked) };
    const { cluster: found } = await http.json(request, isDescribed);
    const { endpoint, certificateAuthority } = found;
    // A token is sent there: never in the clear, whatever answered.
    if (endpoint === undefined || !endpoint.startsWith('https://') || certificateAuthority === undefined)
        throw unfinished(asked, found.status);
    return { server: endpoint, caCert: Buffer.from(certificateAuthority.data, 'base64').toString('utf8') };
}
/** The endpoint that a request to EKS goes to; the SDK's variable for it is heeded, too. */
function endpointOf({ env }, region) {
    const given = env['AWS_ENDPOINT_URL_EKS'];
    if (given)
        return given.replace(/\/+$/, '');
    return `https://eks.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
function explainDescribe({ cluster, region }) {
    return ({ status }) => {
        if (status === 403)
            return {
                next: `Allow the role eks:DescribeCluster on the cluster ${cluster}, or give its endpoint and CA yourself`,
            };
        if (status === 404)
            return { next: `Check the name ${cluster} and the region ${region}` };
        return undefined;
    };
}
function unfinished({ cluster }, status) {
    return new src_failure/* Failure */.HR({
        kind: 'upstream',
        code: 'EKS_ENDPOINT',
        what: 'Cannot describe the EKS cluster',
        on: `EKS cluster ${cluster}`,
        seen: `it has no endpoint yet (${status})`,
        next: 'Run this step again when the cluster is ACTIVE',
    });
}

;// CONCATENATED MODULE: ./packages/aws/src/eks-token.js

/**
 * A bearer token for the Kubernetes API of an EKS cluster: a presigned STS GetCallerIdentity, good for 14 minutes.
 * Source: kubernetes-sigs/aws-iam-authenticator pkg/token/token.go (signed headers `host;x-k8s-aws-id`, Expires 60).
 */
function eksToken({ cluster, region, keys, now }) {
    const host = `sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
    const stamp = stampOf(now);
    const scope = `${stamp.slice(0, 8)}/${region}/sts/aws4_request`;
    const query = canonicalQuery({
        Action: 'GetCallerIdentity',
        Version: '2011-06-15',
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Credential': `${keys.accessKeyId}/${scope}`,
        'X-Amz-Date': stamp,
        'X-Amz-Expires': '60',
        ...(keys.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': keys.sessionToken }),
        'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    });
    const headers = `host:${host}\nx-k8s-aws-id:${cluster}\n`;
    const canonical = ['GET', '/', query, headers, 'host;x-k8s-aws-id', sha256Hex('')].join('\n');
    const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256Hex(canonical)].join('\n');
    const signature = hmac(signingKey(keys.secretAccessKey, scope), toSign).toString('hex');
    return `k8s-aws-v1.${Buffer.from(`https://${host}/?${query}&X-Amz-Signature=${signature}`).toString('base64url')}`;
}

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
    throw new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'AWS_REGION_MISSING',
        what: 'The AWS region is not known',
        on,
        seen: 'neither the input `aws-region` nor AWS_REGION nor AWS_DEFAULT_REGION is set',
        next: 'Give the step `aws-region: eu-west-1`, or run aws-actions/configure-aws-credentials before it',
    });
}

;// CONCATENATED MODULE: ./packages/aws/src/eks.js






/** Half of a token's life of 14 minutes: every request carries one that outlives it. */
const REUSED_FOR_MS = 7 * 60_000;
/** Keys this close to their end are not signed with any more. */
const KEYS_END_MS = 5 * 60_000;
/**
 * Access to an EKS cluster by AWS credentials alone: a role by OIDC, else those in the environment. AWS is asked as
 * everything else is: by the job's proxy, and with its CA.
 * @throws Failure `config` without a region
 */
function openEks(world, options) {
    const { cluster } = options;
    const region = assertRegion(resolveRegion(world, { input: options.region }), `EKS cluster ${cluster}`);
    const provide = assumedKeys(world, options, region) ?? (async () => keysIn(world, cluster));
    let last;
    return {
        cluster,
        region,
        async token() {
            const now = world.now();
            if (last === undefined || now - last.madeAt > REUSED_FOR_MS) {
                last = { token: eksToken({ cluster, region, keys: await provide(), now }), madeAt: now };
                world.mask(last.token);
            }
            return last.token;
        },
        async describe() {
            const keys = await provide();
            return overHttp(world, options, (http) => describeCluster(world, http, { cluster, region, keys }));
        },
    };
}
/** Keys of the role, kept as long as they are good; undefined where none is to be assumed. */
function assumedKeys(world, options, region) {
    const { role, idToken, sessionName, requestTimeout } = options;
    if (role === undefined)
        return undefined;
    assertRoleArn(role);
    const assume = (http) => assumedRole(world, { role, region, idToken, sessionName, over: { http, requestTimeout } })();
    let kept;
    return async () => {
        const end = kept?.expiration?.getTime() ?? 0;
        if (kept === undefined || world.now() > end - KEYS_END_MS)
            kept = await overHttp(world, options, assume);
        return kept;
    };
}
/** A client of its own for each turn: minutes pass between two of them, and nobody says which is the last. */
async function overHttp(world, { caCert, requestTimeout }, ask) {
    const configured = world.env['AWS_ENDPOINT_URL_EKS'];
    const http = (0,create/* createHttp */.V)(world, {
        requestTimeout,
        caCert,
        trustedOrigins: configured ? [configured] : [],
    });
    try {
        return await ask(http);
    }
    finally {
        http.close();
    }
}
/** By its name alone, or at the endpoint that is given. @throws Failure */
async function connectEks(world, options) {
    const { caCert, server } = options;
    const eks = openEks(world, options);
    if (server !== undefined)
        return {
            server: server.replace(/\/+$/, ''),
            token: eks.token,
            ...(caCert === undefined ? {} : { caCert }),
        };
    const found = await eks.describe();
    const trusted = caCert === undefined ? found.caCert : `${caCert.trimEnd()}\n${found.caCert}`;
    return { server: found.server, token: eks.token, caCert: trusted };
}
/** What aws-actions/configure-aws-credentials leaves behind. */
function keysIn({ env, mask }, cluster) {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken, } = env;
    if (!accessKeyId || !secretAccessKey)
        throw noCredentials(cluster);
    mask(secretAccessKey);
    if (!sessionToken)
        return { accessKeyId, secretAccessKey };
    mask(sessionToken);
    return { accessKeyId, secretAccessKey, sessionToken };
}
function noCredentials(cluster) {
    return new src_failure/* Failure */.HR({
        kind: 'auth',
        code: 'EKS_CREDENTIALS',
        what: 'Cannot make a token for the EKS cluster',
        on: `EKS cluster ${cluster}`,
        seen: 'neither role-to-assume nor AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set',
        next: 'Give role-to-assume (and the job `id-token: write`), or run aws-actions/configure-aws-credentials before',
    });
}

;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/access/eks.js

/** An EKS cluster by AWS credentials; a module of its own, so that what speaks to AWS is loaded only for one. */
function eks_connectEks(given, { roleToAssume, awsRegion, requestTimeout }, world) {
    const { idToken, context } = world;
    const identity = { role: roleToAssume, idToken, sessionName: `mlops-actions-${context.runId}` };
    return connectEks(world, { ...given, ...identity, region: awsRegion, requestTimeout });
}


/***/ })

};
