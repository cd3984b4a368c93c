export const id = 762;
export const ids = [762];
export const modules = {

/***/ 8436:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  bp: () => (/* binding */ connectCluster),
  rX: () => (/* binding */ hubOf),
  eG: () => (/* binding */ noCluster)
});

// EXTERNAL MODULE: ./packages/argocd/src/session/expiry.js
var expiry = __webpack_require__(2010);
// EXTERNAL MODULE: ./packages/diagnostics/src/failure.js
var failure = __webpack_require__(5836);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./packages/diagnostics/src/thrown.js
var thrown = __webpack_require__(9486);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/http/src/validate.wire.js
var validate_wire = __webpack_require__(2117);
// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(3483);
;// CONCATENATED MODULE: ./packages/kubernetes/src/kubeconfig.wire.js


const isCluster = (0,validate_wire/* record */.g1)({
    server: validate_wire/* string */.Yj,
    'certificate-authority': (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    'certificate-authority-data': (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    'insecure-skip-tls-verify': (0,validate_wire/* withDefault */.IQ)(validate_wire/* boolean */.zM, false),
    'tls-server-name': (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    'proxy-url': (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
});
const isUser = (0,validate_wire/* record */.g1)({
    token: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    tokenFile: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    'client-certificate': (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    'client-certificate-data': (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    'client-key': (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    'client-key-data': (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    username: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    password: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
    exec: (0,validate_wire/* optional */.lq)((0,validate_wire/* record */.g1)({
        command: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
        args: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(validate_wire/* string */.Yj), []),
        env: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({ value: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, '') })), []),
    })),
    'auth-provider': (0,validate_wire/* optional */.lq)(validate_wire/* unknownValue */.Uo),
});
const isContext = (0,validate_wire/* record */.g1)({
    cluster: validate_wire/* string */.Yj,
    user: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    namespace: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj),
});
const isKubeconfig = (0,validate_wire/* record */.g1)({
    'current-context': (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    clusters: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({ name: validate_wire/* string */.Yj, cluster: isCluster })), []),
    contexts: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({ name: validate_wire/* string */.Yj, context: isContext })), []),
    users: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({ name: validate_wire/* string */.Yj, user: (0,validate_wire/* withDefault */.IQ)(isUser, {}) })), []),
});
const MAX_BYTES = 1024 * 1024;
/**
 * Reads the YAML (or JSON) of a kubeconfig.
 * @throws Error with the parser's first complaint, or with the path at which the shape is another; it quotes no value
 */
function parseKubeconfig(text) {
    if (Buffer.byteLength(text) > MAX_BYTES)
        throw new Error('it is larger than 1 MiB');
    const document = (0,dist/* parseDocument */.Tp)(text, { prettyErrors: false });
    const [problem] = document.errors;
    if (problem !== undefined)
        throw new Error(`it is not YAML (${problem.code} at character ${problem.pos[0]})`);
    return isKubeconfig(document.toJS({ maxAliasCount: 20 }));
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/kubeconfig.js




/**
 * The connection that a kubeconfig's context describes. Certificates and tokens may stand in it or in files,
 * whose paths are relative to it. What would start a program or switch off a check is refused by name.
 * @param given the YAML itself, or the path of a file with it
 * @throws Failure `config`
 */
async function readKubeconfig(world, given, context) {
    const isText = /[\n{]/.test(given);
    const file = isText ? undefined : (0,external_node_path_.resolve)(given);
    const text = file === undefined ? given : await readText(file, given);
    const folder = file === undefined ? undefined : (0,external_node_path_.dirname)(file);
    const config = parse(text, file === undefined ? 'the input `kubeconfig`' : given);
    maskSecrets(world, config);
    return connectionOf(world, config, context, (path) => readReferenced(folder, path));
}
function parse(text, on) {
    try {
        return parseKubeconfig(text);
    }
    catch (cause) {
        throw refuse(on, (0,thrown/* messageOf */.bD)(cause), 'Give a kubeconfig file, or its YAML', cause);
    }
}
/** Of every user, not only the context's: the whole file was handed over, and any of it can come back in a message. */
function maskSecrets(world, { users }) {
    for (const { user } of users) {
        const { token, password, 'client-key-data': key } = user;
        const inExec = user.exec?.env.map(({ value }) => value) ?? [];
        const pem = key === undefined ? undefined : Buffer.from(key, 'base64').toString('utf8');
        for (const secret of [token, password, key, pem, ...inExec])
            if (secret !== undefined)
                world.mask(secret);
    }
}
async function connectionOf(world, config, asked, read) {
    const name = asked ?? config['current-context'];
    const context = config.contexts.find((one) => one.name === name)?.context;
    const cluster = config.clusters.find((one) => one.name === context?.cluster)?.cluster;
    const user = config.users.find((one) => one.name === context?.user)?.user ?? {};
    if (context === undefined || cluster === undefined)
        throw noContext(config, name);
    refuseCluster(cluster, name);
    refuseUser(user, name);
    const caCert = await pemOf(cluster, 'certificate-authority', read);
    const token = tokenOf(world, user, read);
    const clientCertificate = await clientCertificateOf(world, user, read);
    return {
        server: cluster.server.replace(/\/+$/, ''),
        ...(token === undefined ? {} : { token }),
        ...(caCert === undefined ? {} : { caCert }),
        ...(clientCertificate === undefined ? {} : { clientCertificate }),
        ...(cluster['tls-server-name'] === undefined ? {} : { serverName: cluster['tls-server-name'] }),
        ...(context.namespace === undefined ? {} : { namespace: context.namespace }),
    };
}
function noContext(config, name) {
    const names = config.contexts.map((one) => one.name).join(', ');
    const seen = name === ''
        ? 'it has no current-context'
        : `its context "${name}" is missing, or its cluster is; there are: ${names || 'none'}`;
    return refuse('the kubeconfig', seen, 'Name an existing context with `kubernetes-context`');
}
function refuseCluster(cluster, name) {
    if (cluster['insecure-skip-tls-verify']) {
        throw refuse(`context "${name}"`, 'it sets insecure-skip-tls-verify', 'Put the CA of the API server into certificate-authority-data: the connection is never left unverified');
    }
    if (cluster['proxy-url'] !== undefined) {
        throw refuse(`context "${name}"`, 'it sets proxy-url', 'Set HTTPS_PROXY for the step instead');
    }
}
function isSubcommand(argument) {
    return /^[a-z][a-z-]*$/.test(argument);
}
function refuseUser({ exec, 'auth-provider': provider, username }, name) {
    if (exec !== undefined) {
        // `aws eks get-token` says which program it is; what follows the first option may be a secret.
        const named = exec.args.slice(0, 2).filter((_, at) => exec.args.slice(0, at + 1).every(isSubcommand));
        const program = [exec.command, ...named].join(' ').trim();
        throw refuse(`context "${name}"`, `its user gets a token from the program \`${program}\`, which is not started here`, 'Give `kubernetes-server`, `kubernetes-token` and `ca-cert` instead, with a token of a ServiceAccount ' +
            '(`kubectl create token`) or of a step before this one (`aws eks get-token`)');
    }
    if (provider !== undefined) {
        const next = 'Give a token or a client certificate; auth-provider was removed from Kubernetes in 1.26';
        throw refuse(`context "${name}"`, 'its user has an auth-provider', next);
    }
    if (username !== undefined) {
        const next = 'Give a token or a client certificate; basic authentication was removed in 1.19';
        throw refuse(`context "${name}"`, 'its user has a username and password', next);
    }
}
function tokenOf(world, user, read) {
    const { token, tokenFile } = user;
    if (tokenFile !== undefined) {
        // The file is rotated while we run, so it is read for each request (client-go transport/token_source.go).
        return async () => {
            const fresh = (await read(tokenFile)).trim();
            world.mask(fresh);
            return fresh;
        };
    }
    return token;
}
async function clientCertificateOf(world, user, read) {
    const certificate = await pemOf(user, 'client-certificate', read);
    const key = await pemOf(user, 'client-key', read);
    if (key !== undefined)
        world.mask(key);
    return certificate === undefined || key === undefined ? undefined : { certificate, key };
}
/** `<field>-data` holds base64 and wins over `<field>`, which names a file. */
async function pemOf(source, field, read) {
    const data = source[`${field}-data`];
    if (data !== undefined)
        return Buffer.from(data, 'base64').toString('utf8');
    const path = source[field];
    return path === undefined ? undefined : read(path);
}
async function readReferenced(folder, path) {
    return readText(folder === undefined ? (0,external_node_path_.resolve)(path) : (0,external_node_path_.resolve)(folder, path), path);
}
async function readText(path, shown) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (cause) {
        throw refuse(shown, (0,thrown/* messageOf */.bD)(cause), 'Check the path; it is relative to the checkout', cause);
    }
}
function refuse(on, seen, next, cause) {
    return new failure/* Failure */.HR({
        kind: 'config',
        code: 'KUBECONFIG',
        what: 'Cannot use the kubeconfig',
        on,
        seen,
        next,
        cause,
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/connect.js



/** Where every pod finds its own identity (kubernetes.io "Accessing the Kubernetes API from a Pod"). */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
/**
 * How the cluster is reached: explicit server and token, a kubeconfig, or the service account of the pod that the
 * runner lives in; `undefined` where there is none of the three.
 * @throws Failure `config`
 */
async function resolveConnection(world, inputs, serviceAccount = SERVICE_ACCOUNT) {
    const { kubeconfig, server, token } = inputs;
    const caCert = await readPem(inputs.caCert);
    if (server !== undefined) {
        if (token === undefined)
            throw missingToken(server);
        if (typeof token === 'string')
            world.mask(token);
        return { server: server.replace(/\/+$/, ''), token, ...(caCert === undefined ? {} : { caCert }) };
    }
    if (kubeconfig !== undefined) {
        const found = await readKubeconfig(world, kubeconfig, inputs.context);
        return caCert === undefined ? found : { ...found, caCert: joinPem(found.caCert, caCert) };
    }
    return inClusterConnection(world, serviceAccount);
}
/** PEM text as it is, or the content of the file that it names. @throws Failure `config` */
async function readPem(given) {
    if (given === undefined || given.includes('-----BEGIN'))
        return given;
    try {
        return await (0,promises_.readFile)(given, 'utf8');
    }
    catch (cause) {
        throw new failure/* Failure */.HR({
            kind: 'config',
            code: 'CA_CERT',
            what: 'Cannot read the CA certificate',
            on: 'the input `ca-cert`',
            seen: (0,thrown/* messageOf */.bD)(cause),
            next: 'Give PEM text, or the path of a PEM file in the checkout',
            cause,
        });
    }
}
async function inClusterConnection(world, folder) {
    const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '443' } = world.env;
    if (host === '')
        return undefined;
    const caCert = await (0,promises_.readFile)(`${folder}/ca.crt`, 'utf8').catch(() => undefined);
    const namespace = await (0,promises_.readFile)(`${folder}/namespace`, 'utf8').catch(() => undefined);
    if (caCert === undefined)
        return undefined;
    const readToken = async () => {
        // Bound tokens are rotated by the kubelet, so each request reads the file.
        const token = (await (0,promises_.readFile)(`${folder}/token`, 'utf8')).trim();
        world.mask(token);
        return token;
    };
    return {
        server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
        token: readToken,
        caCert,
        ...(namespace === undefined ? {} : { namespace: namespace.trim() }),
    };
}
function joinPem(one, other) {
    return one === undefined ? other : `${one.trimEnd()}\n${other}`;
}
function missingToken(server) {
    return new failure/* Failure */.HR({
        kind: 'config',
        code: 'KUBERNETES_TOKEN',
        what: 'Cannot connect to the cluster',
        on: server,
        seen: '`kubernetes-server` is given without `kubernetes-token`',
        next: 'Give the token of a ServiceAccount that may read the namespace',
    });
}

// EXTERNAL MODULE: ./packages/runner/src/ca-cert.js
var ca_cert = __webpack_require__(4195);
;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/access/cluster.js




/** The cluster that Argo CD runs in. */
function hubOf(inputs) {
    const { kubeconfig, kubernetesContext, kubernetesServer, kubernetesToken, eksCluster } = inputs;
    return {
        kubeconfig,
        context: kubernetesContext,
        server: kubernetesServer,
        token: kubernetesToken,
        eksCluster,
    };
}
/**
 * By a kubeconfig, by server and token, by AWS credentials alone where it is of EKS, or as the service account of the pod
 * that the runner is; undefined where there is none of them. What speaks to AWS is loaded only where it is needed.
 */
async function connectCluster({ eksCluster: cluster, server, ...given }, inputs, world) {
    const caCert = await (0,ca_cert/* readCaCert */.Z)(inputs.caCert, world.context.workspace);
    if (cluster !== undefined) {
        const { connectEks } = await Promise.all(/* import() */[__webpack_require__.e(112), __webpack_require__.e(492)]).then(__webpack_require__.bind(__webpack_require__, 3492));
        return connectEks({ cluster, server, caCert }, inputs, world);
    }
    const connection = await resolveConnection(world, { ...given, server, caCert });
    const deadline = world.now() + inputs.timeout;
    const token = connection?.token;
    if (typeof token === 'string')
        (0,expiry/* warnOfExpiry */.b)(world, { token, what: 'The token of the Kubernetes API', deadline, next: LONGER });
    return connection;
}
const LONGER = 'Make one that lives longer (`kubectl create token --duration`), or use `eks-cluster`, which makes its own';
function noCluster(next) {
    return new failure/* Failure */.HR({
        kind: 'config',
        code: 'CLUSTER_ACCESS',
        what: 'Cannot reach the Kubernetes API',
        on: 'the `with:` of this step',
        seen: 'no cluster is given, and this is no pod',
        next,
    });
}


/***/ }),

/***/ 6762:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connectCore: () => (/* binding */ connectCore)
});

// EXTERNAL MODULE: ./packages/diagnostics/src/thrown.js
var src_thrown = __webpack_require__(9486);
// EXTERNAL MODULE: ./packages/kubernetes/src/event.wire.js
var event_wire = __webpack_require__(1089);
// EXTERNAL MODULE: ./packages/http/src/validate.wire.js
var validate_wire = __webpack_require__(2117);
// EXTERNAL MODULE: ./packages/kubernetes/src/metadata.wire.js
var metadata_wire = __webpack_require__(1356);
;// CONCATENATED MODULE: ./packages/argocd/src/core/object.wire.js


const isTerminated = (0,validate_wire/* record */.g1)({
    exitCode: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    reason: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    message: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
});
const isContainerStatus = (0,validate_wire/* record */.g1)({
    name: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    state: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({
        waiting: (0,validate_wire/* optional */.lq)((0,validate_wire/* record */.g1)({ reason: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''), message: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, '') })),
        terminated: (0,validate_wire/* optional */.lq)(isTerminated),
    }), {}),
    lastState: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({ terminated: (0,validate_wire/* optional */.lq)(isTerminated) }), {}),
});
const isImage = (0,validate_wire/* record */.g1)({ image: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, '') });
/** What of the specification of a workload or a pod its health depends on. */
const isSpec = (0,validate_wire/* record */.g1)({
    replicas: (0,validate_wire/* optional */.lq)(validate_wire/* number */.ai),
    paused: (0,validate_wire/* withDefault */.IQ)(validate_wire/* boolean */.zM, false),
    restartPolicy: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, 'Always'),
    containers: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isImage), []),
    initContainers: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isImage), []),
    updateStrategy: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({
        type: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
        rollingUpdate: (0,validate_wire/* optional */.lq)((0,validate_wire/* record */.g1)({ partition: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0) })),
    }), { type: '' }),
});
const isStatus = (0,validate_wire/* record */.g1)({
    observedGeneration: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    replicas: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    updatedReplicas: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    availableReplicas: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    readyReplicas: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    currentRevision: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    updateRevision: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    desiredNumberScheduled: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    updatedNumberScheduled: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    numberAvailable: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
    /** Of an InferenceService. */
    deploymentMode: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    phase: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    message: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    reason: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    conditions: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(metadata_wire/* isCondition */.G3), []),
    containerStatuses: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isContainerStatus), []),
    initContainerStatuses: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isContainerStatus), []),
});
const isObject = (0,validate_wire/* record */.g1)({
    metadata: metadata_wire/* isMetadata */.SE,
    spec: (0,validate_wire/* withDefault */.IQ)(isSpec, isSpec({})),
    status: (0,validate_wire/* withDefault */.IQ)(isStatus, isStatus({})),
});

;// CONCATENATED MODULE: ./packages/argocd/src/core/kinds.js

function typeOf({ group, version, kind }, check) {
    return { group, version, kind, plural: pluralOf(kind), check };
}
/** How Kubernetes guesses it (apimachinery pkg/api/meta UnsafeGuessKindToResource); CRDs keep to it by convention. */
function pluralOf(kind) {
    const singular = kind.toLowerCase();
    if (singular === 'endpoints')
        return singular;
    if (/(s|x|ch|sh)$/.test(singular))
        return `${singular}es`;
    return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
const type = (apiVersion, kind) => {
    const [version = '', group = ''] = apiVersion.split('/').reverse();
    return typeOf({ group, version, kind }, isObject);
};
/** What everything that runs is made of. */
const ALWAYS = [type('apps/v1', 'Deployment'), type('apps/v1', 'ReplicaSet'), type('v1', 'Pod')];
const KNATIVE = ['Service', 'Configuration', 'Revision'].map((kind) => type('serving.knative.dev/v1', kind));
const STATEFUL_SET = type('apps/v1', 'StatefulSet');
const DAEMON_SET = type('apps/v1', 'DaemonSet');
const JOB = type('batch/v1', 'Job');
const CRON_JOB = type('batch/v1', 'CronJob');
const ROLLOUT = type('argoproj.io/v1alpha1', 'Rollout');
/**
 * What may own some of that, by the kind and group of an object that Argo CD deploys: listed only where it deploys one,
 * so that nobody needs a right to kinds that he does not use.
 */
const BY_KIND = new Map([
    ['StatefulSet.apps', [STATEFUL_SET]],
    ['DaemonSet.apps', [DAEMON_SET]],
    ['Job.batch', [JOB]],
    ['CronJob.batch', [CRON_JOB, JOB]],
    ['Rollout.argoproj.io', [ROLLOUT]],
    ...KNATIVE.map(({ kind, group }) => [`${kind}.${group}`, KNATIVE]),
]);
/**
 * On several nodes an LLMInferenceService owns LeaderWorkerSets, and their leaders StatefulSets of workers. On one it does
 * not, so that who may not list them misses nothing.
 */
const OF_LLM = [type('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet'), STATEFUL_SET];
const LLM_INFERENCE_SERVICE = type('serving.kserve.io/v1alpha2', 'LLMInferenceService');
const INFERENCE_SERVICE = type('serving.kserve.io/v1beta1', 'InferenceService');
/** An InferenceService in Knative mode owns a Knative Service; one in Standard mode a Deployment. */
const OF_KSERVE = [INFERENCE_SERVICE, ...KNATIVE];

;// CONCATENATED MODULE: ./packages/argocd/src/core/project.wire.js

const isProjectWindow = (0,validate_wire/* record */.g1)({
    kind: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    schedule: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    duration: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    applications: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(validate_wire/* string */.Yj), []),
    namespaces: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(validate_wire/* string */.Yj), []),
    clusters: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(validate_wire/* string */.Yj), []),
    timeZone: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    andOperator: (0,validate_wire/* withDefault */.IQ)(validate_wire/* boolean */.zM, false),
    manualSync: (0,validate_wire/* withDefault */.IQ)(validate_wire/* boolean */.zM, false),
});
const isProject = (0,validate_wire/* record */.g1)({
    spec: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({ syncWindows: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* array */.YO)(isProjectWindow), []) }), { syncWindows: [] }),
});
/** argoproj.io/v1alpha1 AppProject, as far as its sync windows. */
const APP_PROJECTS = {
    group: 'argoproj.io',
    version: 'v1alpha1',
    plural: 'appprojects',
    kind: 'AppProject',
    check: isProject,
};

;// CONCATENATED MODULE: ./packages/argocd/src/core/cluster.js
/** The cluster that an Application is deployed to; or, in words, why its objects cannot be read. Pure. */
function clusterOf({ hub, workload }, destination) {
    if (isHub(destination) || isThat(hub, destination))
        return hub.client;
    const there = destination.server || destination.name;
    if (workload === undefined)
        return `Argo CD deploys it to the cluster ${there}, and there are no credentials for that one`;
    if (!isComparable(workload, destination) || isThat(workload, destination))
        return workload.client;
    return `Argo CD deploys it to the cluster ${there}, and the workload cluster that was given is ${workload.eksCluster ?? workload.client.host}`;
}
/** How Argo CD names the cluster that it runs in (argo-cd util/argo, KubernetesInternalAPIServerAddr). */
function isHub({ server, name }) {
    return name === 'in-cluster' || /^https:\/\/kubernetes\.default\.svc(?::443)?\/?$/.test(server);
}
/** A managed Argo CD names clusters by their ARN (EKS user guide, "Register target clusters"). */
function isThat({ client, eksCluster }, { server }) {
    const [, name] = /^arn:aws[a-z-]*:eks:[^:]+:\d+:cluster\/(.+)$/.exec(server) ?? [];
    if (name !== undefined)
        return name === eksCluster;
    return URL.canParse(server) && new URL(server).host === withoutDefaultPort(client.host);
}
/** The name that Argo CD has for a cluster says nothing, nor does an ARN where only an address is known. */
function isComparable({ eksCluster }, { server }) {
    return server.startsWith('arn:') ? eksCluster !== undefined : server !== '';
}
function withoutDefaultPort(host) {
    return host.replace(/:443$/, '');
}

// EXTERNAL MODULE: ./packages/diagnostics/src/failure.js
var failure = __webpack_require__(5836);
;// CONCATENATED MODULE: ./packages/argocd/src/core/config-map.wire.js

const isConfigMap = (0,validate_wire/* record */.g1)({ data: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* dictionary */.zz)(validate_wire/* string */.Yj), {}) });
/** v1 ConfigMap. */
const CONFIG_MAPS = {
    group: '',
    version: 'v1',
    plural: 'configmaps',
    kind: 'ConfigMap',
    check: isConfigMap,
};

;// CONCATENATED MODULE: ./packages/argocd/src/core/glob.js
/** As Argo CD matches names (gobwas/glob without separators): `*`, `?`, `[abc]`, `[!a-z]`, `{one,other}`, `\` before a character. */
function globMatches(pattern, text) {
    try {
        return new RegExp(`^${toExpression(pattern)}$`, 's').test(text);
    }
    catch {
        return false;
    }
}
function toExpression(pattern) {
    let depth = 0;
    return pattern.replace(/\\(.)|\[(!?)([^\]]+)\]|[\s\S]/g, (all, escaped, not, set) => {
        if (escaped !== undefined)
            return literal(escaped);
        if (set !== undefined)
            return `[${not === '!' ? '^' : ''}${set.replace(/[\\^[\]]/g, '\\$&')}]`;
        if (all === '*')
            return '.*';
        if (all === '?')
            return '.';
        if (all === '{') {
            depth += 1;
            return '(?:';
        }
        if (all === '}' && depth > 0) {
            depth -= 1;
            return ')';
        }
        return all === ',' && depth > 0 ? '|' : literal(all);
    });
}
function literal(text) {
    return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/elsewhere.js



/** Where Argo CD reads how its programs are started (argo-cd docs/operator-manual/argocd-cmd-params-cm.yaml). */
const PARAMETERS = 'argocd-cmd-params-cm';
const KEY = 'application.namespaces';
/**
 * What `application.namespaces` says (Argo CD, "Applications in any namespace"); undefined where that cannot be read: it
 * may also be set at the controller itself, and a managed Argo CD has no such ConfigMap.
 */
async function readElsewhere({ log }, hub, namespace) {
    try {
        const { data } = await hub.get(CONFIG_MAPS, { namespace, name: PARAMETERS });
        return parseElsewhere(data[KEY] ?? '');
    }
    catch (thrown) {
        if (!(thrown instanceof failure/* Failure */.HR) || thrown.kind === 'cancelled')
            throw thrown;
        if (thrown.code === 'HTTP_403')
            log.info(`No Application is looked for in namespaces that nobody named: the ConfigMap ${PARAMETERS}, which says where Argo CD has any, may not be read. ${thrown.details.next}`);
        else
            log.debug(`Where Argo CD has Applications beside its own namespace is not known: ${(0,src_thrown/* messageOf */.bD)(thrown)}`);
        return undefined;
    }
}
/** Names, globs, and regular expressions between slashes, by commas (argo-cd util/glob MatchStringInList). Pure. */
function parseElsewhere(written) {
    const patterns = written
        .split(',')
        .map((pattern) => pattern.trim())
        .filter((pattern) => pattern !== '');
    return {
        written: patterns.join(', '),
        names: patterns.every((pattern) => /^[a-z0-9-]+$/.test(pattern)) ? patterns : undefined,
        has: (namespace) => patterns.some((pattern) => matches(pattern, namespace)),
    };
}
function matches(pattern, namespace) {
    const [, expression] = /^\/(.*)\/$/s.exec(pattern) ?? [];
    if (expression === undefined)
        return globMatches(pattern, namespace);
    try {
        return new RegExp(expression).test(namespace);
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/merge.js
/**
 * What comes of several streams, as it comes. Ends when all of them have; where one fails, or nobody reads on, the others
 * are aborted.
 */
async function* merge(open, signal) {
    const over = new AbortController();
    const both = AbortSignal.any([signal, over.signal]);
    const next = new Map();
    const ask = (from) => next.set(from, from.next().then((result) => [from, result]));
    for (const stream of open)
        ask(stream(both)[Symbol.asyncIterator]());
    try {
        while (next.size > 0) {
            const [from, result] = await Promise.race(next.values());
            if (result.done === true)
                next.delete(from);
            else {
                ask(from);
                yield result.value;
            }
        }
    }
    finally {
        over.abort();
        // How an aborted one ends is nobody's matter.
        for (const ended of next.values())
            ended.catch(() => undefined);
    }
}

// EXTERNAL MODULE: ./packages/argocd/src/model/application.wire.js
var application_wire = __webpack_require__(6959);
// EXTERNAL MODULE: ./packages/argocd/src/model/resource.wire.js
var resource_wire = __webpack_require__(5039);
;// CONCATENATED MODULE: ./packages/argocd/src/core/resource-types.js


const API = { group: 'argoproj.io', version: 'v1alpha1' };
const APPLICATIONS = {
    ...API,
    plural: 'applications',
    kind: 'Application',
    check: application_wire/* isApplication */.zz,
};
const APPLICATION_SETS = {
    ...API,
    plural: 'applicationsets',
    kind: 'ApplicationSet',
    check: resource_wire/* isApplicationSet */.tj,
};

;// CONCATENATED MODULE: ./packages/argocd/src/core/places.js



function createPlaces({ hub, known, elsewhere, sayOnce }) {
    const refused = new Set();
    const placesOf = async ({ name, appNamespace }) => {
        if (appNamespace !== undefined)
            return [whole(appNamespace, true)];
        // A name without a namespace is one in that of Argo CD.
        if (name !== undefined)
            return known()
                .slice(0, 1)
                .map((namespace) => whole(namespace, true));
        const needed = known();
        const beside = placesBeside(needed, await elsewhere());
        return [
            ...needed.map((namespace) => whole(namespace, true)),
            ...beside.filter(({ namespace }) => !refused.has(namespace)),
        ];
    };
    const unlessRefused = (place, thrown) => {
        const isRefused = thrown instanceof failure/* Failure */.HR && thrown.code === 'HTTP_403';
        if (place.isNeeded || !isRefused)
            throw thrown;
        refused.add(place.namespace);
        const where = place.namespace === '' ? 'other namespaces' : `the namespace ${place.namespace}`;
        sayOnce(`Applications in ${where} are not looked at, for want of a right. ${thrown.details.next}`);
    };
    return {
        async list(query) {
            const lists = (await placesOf(query)).map(async (place) => {
                const listed = hub.list(APPLICATIONS, selectionOf(query, place));
                const { items } = await listed.catch((thrown) => {
                    unlessRefused(place, thrown);
                    return { items: [] };
                });
                return items.filter(place.holds);
            });
            return (await Promise.all(lists)).flat();
        },
        async *watch(query, signal) {
            const watches = (await placesOf(query)).map((place) => async function* (over) {
                try {
                    for await (const all of hub.watch(APPLICATIONS, selectionOf(query, place), over))
                        yield all.filter(place.holds);
                }
                catch (thrown) {
                    unlessRefused(place, thrown);
                }
            });
            yield* merge(watches, signal);
        },
    };
}
function whole(namespace, isNeeded) {
    return { namespace, isNeeded, holds: () => true };
}
/** Each by its name; where a pattern may mean any namespace, all of them in one list. */
function placesBeside(needed, others) {
    if (others === undefined)
        return [];
    const isNew = (namespace) => !needed.includes(namespace);
    if (others.names !== undefined)
        return others.names.filter(isNew).map((one) => whole(one, false));
    const holds = ({ metadata: { namespace } }) => isNew(namespace) && others.has(namespace);
    return [{ namespace: '', isNeeded: false, holds }];
}
function selectionOf({ name, selector }, { namespace }) {
    return {
        namespace,
        ...(selector === undefined ? {} : { labelSelector: selector }),
        ...(name === undefined ? {} : { fieldSelector: `metadata.name=${name}` }),
    };
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/refusals.js

function assertProject({ metadata, spec }, { project }) {
    if (project === undefined || spec.project === project)
        return;
    throw new failure/* Failure */.HR({
        kind: 'not-found',
        code: 'ARGOCD_PROJECT',
        what: 'Cannot read the Application',
        on: `Application ${metadata.name}`,
        seen: `it is in the project ${spec.project}, not in ${project}`,
        next: 'Check the inputs `application` and `project`',
    });
}
function unproven({ metadata }, why) {
    return new failure/* Failure */.HR({
        kind: 'config',
        code: 'ARGOCD_WORKLOAD',
        what: 'Cannot prove what runs',
        on: `Application ${metadata.name}`,
        seen: why,
        next: 'Give `workload-kubeconfig` or `workload-eks-cluster` for that cluster, or ask the API of Argo CD (`url`), which reads it by itself; `deep-health: false` without `expected-images` and `expected-storage-uri` goes without that proof, and says so',
    });
}
/** Of an Application that was looked for in the namespace of Argo CD alone, and may be in another one. */
function toldOfElsewhere(thrown, elsewhere) {
    const isMissing = thrown instanceof failure/* Failure */.HR && thrown.kind === 'not-found';
    if (!isMissing || elsewhere === undefined || elsewhere.written === '')
        return thrown;
    const next = `${thrown.details.next}. Argo CD has Applications in other namespaces, too (${elsewhere.written}): give the one of this Application as \`app-namespace\``;
    return (0,failure/* withDetails */.FE)(thrown, { next });
}
/** Only a warning: that its controller looks there may also be set at the controller itself. */
function sayWhereUnwatched(elsewhere, { namespace }, say) {
    if (elsewhere === undefined || elsewhere.has(namespace))
        return;
    const named = elsewhere.written === '' ? 'is not set' : `is ${elsewhere.written}`;
    say(`Argo CD may not look at Applications in the namespace ${namespace}: \`application.namespaces\` in argocd-cmd-params-cm ${named}. Add it there and restart its controller and server, or nothing will happen to this Application`);
}
function closedWindow({ metadata }, window) {
    return new failure/* Failure */.HR({
        kind: 'policy',
        code: 'ARGOCD_WINDOW',
        what: 'Cannot sync the Application',
        on: `Application ${metadata.name}`,
        seen: `a sync window keeps it from syncing (${window})`,
        next: 'Run this step again when the window lets it sync',
        retryable: true,
    });
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/reader.js





function createReader(world, { hub, workload, namespace, needsPods, refresh }) {
    const clusters = { hub, workload };
    const last = new Map();
    const said = new Set();
    const sayOnce = (sentence) => {
        if (!said.has(sentence))
            world.log.warn(sentence);
        said.add(sentence);
    };
    const keyOf = (name) => `${name.namespace}/${name.name}`;
    const keep = (seen) => {
        last.set(keyOf(seen.metadata), seen);
        return seen;
    };
    const remember = (seen) => {
        const application = keep(seen);
        const cluster = clusterOf(clusters, seen.spec.destination);
        if (typeof cluster !== 'string')
            return application;
        if (needsPods)
            throw unproven(application, cluster);
        sayOnce(`Whether the pods of ${seen.metadata.name} run this commit is not proven: ${cluster}`);
        return application;
    };
    let elsewhere;
    const askElsewhere = () => {
        elsewhere ??= readElsewhere(world, hub.client, namespace);
        return elsewhere;
    };
    const read = async (application) => {
        const name = nameOf(application, namespace);
        if (name.namespace !== namespace && !last.has(keyOf(name)))
            sayWhereUnwatched(await askElsewhere(), name, sayOnce);
        const seen = await hub.client.get(APPLICATIONS, name).catch(async (thrown) => {
            throw application.appNamespace === undefined ? toldOfElsewhere(thrown, await askElsewhere()) : thrown;
        });
        assertProject(seen, application);
        return remember(seen);
    };
    return {
        world,
        hub: hub.client,
        namespace,
        refresh,
        sayOnce,
        places: createPlaces({
            hub: hub.client,
            known: () => [...new Set([namespace, ...[...last.values()].map(({ metadata }) => metadata.namespace)])],
            elsewhere: askElsewhere,
            sayOnce,
        }),
        keep,
        remember,
        read,
        recall: async (application) => last.get(keyOf(nameOf(application, namespace))) ?? read(application),
        deployed(seen) {
            const cluster = clusterOf(clusters, seen.spec.destination);
            if (typeof cluster === 'string')
                throw unproven(seen, cluster);
            return cluster;
        },
    };
}
function nameOf({ name, appNamespace }, namespace) {
    return { name, namespace: appNamespace ?? namespace };
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/refresh.js


const REFRESH = 'argocd.argoproj.io/refresh';
/** Since 3.6: tells this request from one that a comparison under way answers. Before, it is of no use and does no harm. */
const REFRESH_TIMESTAMP = 'argocd.argoproj.io/refresh-timestamp';
/** Half a minute in all, as its own API server would wait. */
const ASK_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
/**
 * Has the controller compare with Git anew, by the annotation that Argo CD's own API server sets (util/argo RefreshApp).
 * It is done when the controller has taken the annotation away.
 * @throws Failure `timeout` where it is still there after half a minute
 */
async function refreshApplication({ now, sleep }, client, name, { hard = false } = {}) {
    const annotations = {
        [REFRESH]: hard ? 'hard' : 'normal',
        [REFRESH_TIMESTAMP]: new Date(now()).toISOString(),
    };
    await client.patch(APPLICATIONS, name, { metadata: { annotations } });
    for (const pause of ASK_AFTER_MS) {
        await sleep(pause);
        const seen = await client.get(APPLICATIONS, name);
        if (!(REFRESH in seen.metadata.annotations))
            return seen;
    }
    throw new failure/* Failure */.HR({
        kind: 'timeout',
        code: 'ARGOCD_REFRESH',
        what: 'Cannot refresh the Application',
        on: `${name.namespace}/${name.name}`,
        seen: 'its controller has not answered within half a minute',
        next: 'Look at the log of argocd-application-controller',
    });
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/sync.js


/**
 * Begins a sync as Argo CD's own API server does (util/argo SetAppOperation): an operation where there is none, on the
 * Application as it was read, with what its policy says of options and retries.
 * @throws Failure `conflict` where another operation runs, or somebody changed the Application at the same moment
 */
async function beginSync(client, name, { metadata: { resourceVersion }, operation: running, spec }, prune) {
    if (running !== undefined)
        throw isBusy(name);
    const { syncOptions = [], retry } = spec.syncPolicy ?? {};
    const operation = {
        initiatedBy: { username: 'mlops-actions' },
        sync: { prune, syncOptions, syncStrategy: { hook: {} } },
        ...(retry === undefined ? {} : { retry }),
    };
    await client.patch(APPLICATIONS, name, {
        metadata: { resourceVersion },
        operation,
        status: { operationState: null },
    });
}
function isBusy({ namespace, name }) {
    return new failure/* Failure */.HR({
        kind: 'conflict',
        code: 'ARGOCD_OPERATION',
        what: 'Cannot sync the Application',
        on: `${namespace}/${name}`,
        seen: 'another operation is already in progress',
        next: 'Run this step again when that operation has ended',
    });
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/health.js

const health = (status, message = '') => ({ status, message });
const HEALTHY = health('Healthy');
/**
 * The health of a live object as Argo CD's engine sees it (gitops-engine pkg/health), for the kinds that its tree is
 * judged by; undefined for all others, as there.
 */
function healthOf(kind, group, object) {
    if (object.metadata.deletionTimestamp !== undefined)
        return health('Progressing', 'Pending deletion');
    const judge = JUDGES[group === '' ? kind : `${kind}.${group}`];
    return judge?.(object);
}
const JUDGES = {
    'Deployment.apps': healthOfDeployment,
    'ReplicaSet.apps': healthOfReplicaSet,
    'StatefulSet.apps': healthOfStatefulSet,
    'DaemonSet.apps': healthOfDaemonSet,
    'Rollout.argoproj.io': healthOfRollout,
    'Service.serving.knative.dev': healthOfKnative,
    Pod: healthOfPod,
};
function healthOfDeployment({ metadata, spec, status }) {
    if (spec.paused)
        return health('Suspended', 'Deployment is paused');
    const { replicas, updatedReplicas, availableReplicas } = status;
    if (metadata.generation > status.observedGeneration)
        return progressing('it has not been looked at yet');
    if ((0,metadata_wire/* conditionOf */.rI)(status.conditions, 'Progressing')?.reason === 'ProgressDeadlineExceeded')
        return health('Degraded', `Deployment "${metadata.name}" exceeded its progress deadline`);
    if (spec.replicas !== undefined && updatedReplicas < spec.replicas)
        return progressing(`${updatedReplicas} of ${spec.replicas} new replicas have been updated`);
    if (replicas > updatedReplicas)
        return progressing(`${replicas - updatedReplicas} old replicas are to go`);
    if (availableReplicas < updatedReplicas)
        return progressing(`${availableReplicas} of ${updatedReplicas} updated replicas are available`);
    return HEALTHY;
}
function healthOfReplicaSet({ metadata, spec, status }) {
    if (metadata.generation > status.observedGeneration)
        return progressing('it has not been looked at yet');
    const failure = (0,metadata_wire/* conditionOf */.rI)(status.conditions, 'ReplicaFailure');
    if (failure?.status === 'True')
        return health('Degraded', failure.message);
    if (spec.replicas !== undefined && status.availableReplicas < spec.replicas)
        return progressing(`${status.availableReplicas} of ${spec.replicas} new replicas are available`);
    return HEALTHY;
}
function healthOfStatefulSet({ metadata, spec, status }) {
    const { replicas, updateStrategy } = spec;
    if (status.observedGeneration === 0 || metadata.generation > status.observedGeneration)
        return progressing('it has not been looked at yet');
    if (replicas !== undefined && status.readyReplicas < replicas)
        return progressing(`${replicas - status.readyReplicas} pods are not ready`);
    if (updateStrategy.type === 'RollingUpdate' && updateStrategy.rollingUpdate !== undefined) {
        const wanted = (replicas ?? 0) - updateStrategy.rollingUpdate.partition;
        return status.updatedReplicas < wanted
            ? progressing(`${status.updatedReplicas} of ${wanted} new pods have been updated`)
            : HEALTHY;
    }
    if (updateStrategy.type === 'OnDelete' || status.updateRevision === status.currentRevision)
        return HEALTHY;
    return progressing(`${status.updatedReplicas} pods are at revision ${status.updateRevision}`);
}
function healthOfDaemonSet({ metadata, spec, status }) {
    const { desiredNumberScheduled: desired, updatedNumberScheduled: updated, numberAvailable } = status;
    if (metadata.generation > status.observedGeneration)
        return progressing('it has not been looked at yet');
    if (spec.updateStrategy.type === 'OnDelete')
        return HEALTHY;
    if (updated < desired)
        return progressing(`${updated} of ${desired} new pods have been updated`);
    if (numberAvailable < desired)
        return progressing(`${numberAvailable} of ${desired} updated pods are available`);
    return HEALTHY;
}
/** Since Argo Rollouts 1.0 its phase says it (resource_customizations/argoproj.io/Rollout/health.lua). */
function healthOfRollout({ metadata, status }) {
    const { phase, message, observedGeneration } = status;
    if (metadata.generation > observedGeneration || phase === '')
        return progressing('it has not been looked at yet');
    return health(phase === 'Paused' ? 'Suspended' : phase, message);
}
/** resource_customizations/serving.knative.dev/Service/health.lua */
function healthOfKnative({ status: { conditions } }) {
    const bad = conditions.filter(({ status }) => status !== 'True');
    const good = ['ConfigurationsReady', 'RoutesReady', 'Ready'].filter((type) => (0,metadata_wire/* conditionOf */.rI)(conditions, type)?.status === 'True');
    if (bad.length === 0 && good.length === 3)
        return HEALTHY;
    const message = bad
        .map((one) => `${one.type} is ${one.status}: ${one.reason} ${one.message}`.trim())
        .join('\n');
    return health(bad.some(({ status }) => status === 'False') ? 'Degraded' : 'Progressing', message);
}
const IGNORE_RESTART_POLICY = 'argocd.argoproj.io/ignore-restart-policy';
function healthOfPod({ metadata, spec, status }) {
    const { phase, message, containerStatuses, initContainerStatuses } = status;
    const isToStay = spec.restartPolicy === 'Always' || metadata.annotations[IGNORE_RESTART_POLICY] === 'true';
    const stuck = containerStatuses.flatMap(({ state: { waiting } }) => waiting !== undefined && /^Err|Error$|BackOff$/.test(waiting.reason) ? [waiting.message] : []);
    if (isToStay && stuck.length > 0)
        return health('Degraded', stuck.join(', '));
    if (phase === 'Pending')
        return health('Progressing', message);
    if (phase === 'Succeeded')
        return health('Healthy', message);
    if (phase === 'Failed') {
        const ended = [...initContainerStatuses, ...containerStatuses].map(endingOf);
        return health('Degraded', message || ended.find((one) => one !== '') || '');
    }
    if (phase !== 'Running')
        return health('Unknown', message);
    if (!isToStay)
        return health('Progressing', message);
    if ((0,metadata_wire/* conditionOf */.rI)(status.conditions, 'Ready')?.status === 'True')
        return health('Healthy', message);
    const hasEnded = containerStatuses.some(({ lastState }) => lastState.terminated !== undefined);
    return health(hasEnded ? 'Degraded' : 'Progressing', message);
}
function endingOf({ name, state: { terminated } }) {
    if (terminated === undefined)
        return '';
    const { message, reason, exitCode } = terminated;
    if (message !== '')
        return message;
    if (reason === 'OOMKilled')
        return reason;
    return exitCode === 0 ? '' : `container "${name}" failed with exit code ${exitCode}`;
}
function progressing(what) {
    return health('Progressing', `Waiting for the rollout to finish: ${what}`);
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/node.js

/** A live object as Argo CD's resource tree shows it (controller/cache/info.go populateNodeInfo). */
function nodeOf({ group, version, kind, object }) {
    const { metadata, spec } = object;
    const { namespace, name, uid, creationTimestamp: createdAt } = metadata;
    const revision = metadata.annotations['deployment.kubernetes.io/revision'];
    const health = healthOf(kind, group, object);
    const isPod = kind === 'Pod' && group === '';
    const images = isPod ? [...spec.initContainers, ...spec.containers].map(({ image }) => image) : [];
    return {
        group,
        version,
        kind,
        namespace,
        name,
        uid,
        createdAt,
        images: [...new Set(images)],
        parentRefs: metadata.ownerReferences.map((owner) => ({ kind: owner.kind, uid: owner.uid })),
        info: [
            ...(revision === undefined ? [] : [{ name: 'Revision', value: `Rev:${revision}` }]),
            ...(isPod ? [{ name: 'Status Reason', value: reasonOf(object) }] : []),
        ],
        ...(health === undefined ? {} : { health }),
    };
}
/** What is deployed and not looked at more closely, or not there. */
function nodeOfManaged({ group, version, kind, namespace, name }) {
    return {
        group,
        version,
        kind,
        namespace,
        name,
        uid: '',
        createdAt: '',
        images: [],
        parentRefs: [],
        info: [],
    };
}
/** What `kubectl get pods` prints. */
function reasonOf({ metadata, status }) {
    const { phase, reason, containerStatuses, initContainerStatuses } = status;
    const isOver = phase === 'Succeeded' || phase === 'Failed';
    if (metadata.deletionTimestamp !== undefined && !isOver)
        return reason === 'NodeLost' ? 'Unknown' : 'Terminating';
    const wordOf = (states) => states.map(({ state }) => state.waiting?.reason ?? state.terminated?.reason).find((word) => word);
    const init = wordOf(initContainerStatuses.filter(({ state }) => state.terminated?.exitCode !== 0));
    if (init !== undefined && init !== 'PodInitializing')
        return `Init:${init}`;
    return wordOf(containerStatuses) ?? (reason || phase);
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/tree.js




/** Nothing that runs is made of these. */
const INERT_GROUPS = new Set(['rbac.authorization.k8s.io', 'networking.k8s.io', 'policy', 'autoscaling']);
/** Argo CD's own: an app of apps deploys nothing else, and what its children deploy is theirs. */
const INERT_KINDS = new Set(['Application', 'ApplicationSet', 'AppProject']);
/**
 * The objects that an Application deploys and all that they own, read from the cluster itself: Argo CD keeps its own tree
 * where only its API server looks. Owners are followed through Deployments and the like, InferenceServices and Knative's
 * kinds, and from every other object that Argo CD deploys to what it owns itself.
 * @throws Failure with the rule of RBAC that is missing
 */
async function readTree(client, managed) {
    const found = (await Promise.all(namespacesOf(managed).map((one) => readNamespace(client, one)))).flat();
    const roots = managed.map((one) => ({ one, live: found.find((other) => tree_isThat(other, one)) }));
    const nodes = new Map();
    const visit = (parent) => {
        const { uid } = parent.object.metadata;
        if (nodes.has(uid))
            return;
        nodes.set(uid, parent);
        for (const child of found)
            if (child.object.metadata.ownerReferences.some((owner) => owner.uid === uid))
                visit(child);
    };
    for (const { live } of roots)
        if (live !== undefined)
            visit(live);
    const absent = roots.filter(({ live }) => live === undefined).map(({ one }) => nodeOfManaged(one));
    return { nodes: [...absent, ...[...nodes.values()].map(nodeOf)] };
}
function namespacesOf(managed) {
    const running = managed.filter((one) => one.namespace !== '' && !isInert(one));
    const names = new Set(running.map(({ namespace }) => namespace));
    return [...names].map((namespace) => ({
        namespace,
        managed: running.filter((one) => one.namespace === namespace),
    }));
}
function isInert({ group, kind }) {
    if (group === '')
        return kind !== 'Pod';
    return INERT_GROUPS.has(group) || (group === 'argoproj.io' && INERT_KINDS.has(kind));
}
async function readNamespace(client, { namespace, managed }) {
    const more = new Set(managed.flatMap(({ kind, group }) => BY_KIND.get(`${kind}.${group}`) ?? []));
    const isKserve = managed.some((one) => isOf(INFERENCE_SERVICE, one));
    const types = [...ALWAYS, ...more, ...(isKserve ? [INFERENCE_SERVICE] : [])];
    const listed = (await Promise.all(types.map((type) => listAll(client, type, namespace)))).flat();
    const knative = listed.some((one) => isOf(INFERENCE_SERVICE, one) && mayBeKnative(one, listed));
    const others = knative ? OF_KSERVE.filter((type) => !types.includes(type)) : [];
    const isLlm = managed.some((one) => isOf(LLM_INFERENCE_SERVICE, one));
    const ofLlm = isLlm ? OF_LLM.filter((type) => !types.includes(type)) : [];
    const all = [...types, ...others];
    const rest = managed.filter((one) => !all.some((type) => isOf(type, one)));
    const [ofKnative, groups, single] = await Promise.all([
        Promise.all(others.map((type) => listAll(client, type, namespace))),
        Promise.all(ofLlm.map((type) => listAll(client, type, namespace).catch(unlessForbidden))),
        Promise.all(rest.map((one) => findOne(client, one))),
    ]);
    return [...listed, ...ofKnative.flat(), ...groups.flat(), ...single.flat()];
}
/** In Standard mode it owns a Deployment; a new one may not yet, and may say how it will run. */
function mayBeKnative({ object }, listed) {
    const { metadata, status } = object;
    const mode = metadata.annotations['serving.kserve.io/deploymentMode'] ?? status.deploymentMode;
    if (/^(standard|rawdeployment)$/i.test(mode))
        return false;
    const owns = ({ kind, object: { metadata: other } }) => kind === 'Deployment' && other.ownerReferences.some(({ uid }) => uid === metadata.uid);
    return !listed.some(owns);
}
async function listAll(client, type, namespace) {
    const items = await unlessAbsent(client, type, async () => (await client.list(type, { namespace })).items);
    return (items ?? []).map((object) => ({ ...kindOf(type), object }));
}
function unlessForbidden(thrown) {
    if (thrown instanceof failure/* Failure */.HR && thrown.code === 'HTTP_403')
        return [];
    throw thrown;
}
async function findOne(client, managed) {
    const type = typeOf(managed, isObject);
    const object = await unlessAbsent(client, type, () => client.find(type, managed));
    return object === undefined ? [] : [{ ...kindOf(type), object }];
}
/** What there is of a kind; whose definition is not installed, of that there is none, and no right to it is missing. */
async function unlessAbsent(client, type, asking) {
    try {
        return await asking();
    }
    catch (thrown) {
        const mayBeAbsent = thrown instanceof failure/* Failure */.HR && /^HTTP_40[34]$/.test(thrown.code);
        if (mayBeAbsent && !(await client.serves(type)))
            return undefined;
        throw thrown;
    }
}
function kindOf({ group, version, kind }) {
    return { group, version, kind };
}
function isOf(type, { group, kind }) {
    return type.group === group && type.kind === kind;
}
function tree_isThat({ group, kind, object: { metadata } }, managed) {
    const isNamed = metadata.name === managed.name && metadata.namespace === managed.namespace;
    return group === managed.group && kind === managed.kind && isNamed;
}

// EXTERNAL MODULE: ./packages/argocd/src/model/blocking.js
var model_blocking = __webpack_require__(8957);
;// CONCATENATED MODULE: ./packages/argocd/src/core/cron.js
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/**
 * A cron schedule of five fields, as the parser that Argo CD uses reads it (robfig/cron v3: names of months and days,
 * lists, ranges, steps, Sunday is 0 and not 7, no `@daily`); undefined for any other text.
 */
function parseSchedule(text) {
    const parts = text.trim().split(/\s+/);
    if (parts.length !== 5)
        return undefined;
    const [minute, hour, day, month, weekday] = [
        parseField(parts[0], 0, 59),
        parseField(parts[1], 0, 23),
        parseField(parts[2], 1, 31),
        parseField(parts[3], 1, 12, MONTHS, 1),
        parseField(parts[4], 0, 6, DAYS, 0),
    ];
    if (!minute || !hour || !day || !month || !weekday)
        return undefined;
    const isDay = (at) => {
        if (!month.values.has(at.getUTCMonth() + 1))
            return false;
        const fits = [day.values.has(at.getUTCDate()), weekday.values.has(at.getUTCDay())];
        return day.isAny || weekday.isAny ? fits.every((is) => is) : fits.some((is) => is);
    };
    const isMinute = (at) => hour.values.has(at.getUTCHours()) && minute.values.has(at.getUTCMinutes());
    return {
        beginsBetween(after, before) {
            for (let at = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS; at < before;) {
                const moment = new Date(at);
                if (!isDay(moment))
                    at = (Math.floor(at / DAY_MS) + 1) * DAY_MS;
                else if (isMinute(moment))
                    return true;
                else
                    at += MINUTE_MS;
            }
            return false;
        },
    };
}
function parseField(text, least, most, names = [], first = 0) {
    const values = new Set();
    let isAny = false;
    for (const term of (text ?? '').split(',')) {
        const range = parseTerm(term, least, most, (word) => {
            const index = names.indexOf(word.toLowerCase());
            return index === -1 ? (/^\d+$/.test(word) ? Number(word) : undefined) : index + first;
        });
        if (range === undefined)
            return undefined;
        isAny ||= range.isAny;
        for (let value = range.from; value <= range.to; value += range.step)
            values.add(value);
    }
    return { values, isAny };
}
/** `*`, `5`, `1-5`, each with a step; `5/10` goes on to the end. */
function parseTerm(term, least, most, read) {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(term) ?? [];
    if (range === '' || step === '0')
        return undefined;
    const size = step === undefined ? 1 : Number(step);
    if (range === '*' || range === '?')
        return { from: least, to: most, step: size, isAny: size === 1 };
    const [start = '', end, ...others] = range.split('-');
    const from = read(start);
    const to = end === undefined ? (step === undefined ? from : most) : read(end);
    if (from === undefined || to === undefined || others.length > 0)
        return undefined;
    if (from < least || to > most || from > to)
        return undefined;
    return { from, to, step: size, isAny: false };
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/windows.js



/**
 * The window of a project that keeps Argo CD from syncing an Application by itself at a moment, as its controller works
 * it out (argo-cd pkg/apis/application/v1alpha1 SyncWindows Matches, active, CanSync). Pure.
 * @throws Error for a schedule or a duration that Argo CD cannot read either
 */
function blockingAt(windows, app, now) {
    const { active, assigned } = windowsAt(windows, app, now);
    return (0,model_blocking/* blockingOf */.N)(active, assigned);
}
/** As {@link blockingAt}, for a sync that somebody asks for: each of those in its way has to let that through. */
function blockingByHandAt(windows, app, now) {
    const { active, assigned } = windowsAt(windows, app, now);
    const blocking = (0,model_blocking/* blockingOf */.N)(active, assigned);
    if (blocking === undefined)
        return undefined;
    const inTheWay = (blocking.kind === 'deny' ? active : assigned).filter(({ kind }) => kind === blocking.kind);
    return inTheWay.find(({ manualSync }) => !manualSync);
}
function windowsAt(windows, app, now) {
    const assigned = windows.filter((window) => isAssigned(window, app));
    return { assigned, active: assigned.filter((window) => isActive(window, now)) };
}
/** Any of the three lists, or with `andOperator` each one that is not empty. */
function isAssigned(window, { name, destination }) {
    const { applications, clusters, namespaces, andOperator } = window;
    const fits = (patterns, ...values) => patterns.some((pattern) => values.some((value) => value !== '' && globMatches(pattern, value)));
    const lists = [
        [applications, fits(applications, name)],
        [clusters, fits(clusters, destination.name, destination.server)],
        [namespaces, fits(namespaces, destination.namespace)],
    ];
    const given = lists.filter(([patterns]) => patterns.length > 0);
    return given.length > 0 && (andOperator ? given.every(([, is]) => is) : given.some(([, is]) => is));
}
/** It began less than its duration ago. Argo CD shifts the schedule by the offset that its time zone has now. */
function isActive({ schedule, duration, timeZone }, now) {
    const begins = parseSchedule(schedule);
    const length = parseGoDuration(duration);
    if (begins === undefined || length === undefined)
        throw new Error(`the sync window "${schedule}" of ${duration} cannot be read`);
    const local = now + offsetOf(timeZone, now);
    return begins.beginsBetween(local - length, local);
}
const UNITS = {
    h: 3_600_000,
    m: 60_000,
    s: 1_000,
    ms: 1,
    us: 0.001,
    µs: 0.001,
    ns: 0.000_001,
};
/** `1h30m` in milliseconds (Go time.ParseDuration). */
function parseGoDuration(text) {
    if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+$/.test(text))
        return undefined;
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)];
    return parts.reduce((sum, [, value, unit = '']) => sum + Number(value) * (UNITS[unit] ?? 0), 0);
}
/** Milliseconds ahead of UTC; an unknown zone counts as UTC there, too. */
function offsetOf(timeZone, now) {
    if (timeZone === '')
        return 0;
    try {
        const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
        const name = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? '';
        const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
        return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    }
    catch {
        return 0;
    }
}

;// CONCATENATED MODULE: ./packages/argocd/src/core/core.js











const LOG_LINES = 20;
/**
 * Argo CD without its API server ("core"): its resources through the Kubernetes API, and what they deploy read from the
 * cluster itself.
 */
function createCore(world, options) {
    const core = createReader(world, options);
    return { ...callsOfHub(core), ...callsOfChange(core), ...callsBelow(core) };
}
function callsOfHub({ hub, namespace, places, read, recall, keep, sayOnce, world, }) {
    return {
        // Only its API server says it.
        version: async () => `by the Kubernetes API at ${hub.host}`,
        get: read,
        // A list has those of others, too: whether the pods of one can be read is asked when it is looked at.
        async list(query) {
            const items = await places.list(query);
            return items.filter((one) => isOfProject(one, query)).map(keep);
        },
        async *stream(query, signal) {
            const versions = new Map();
            for await (const all of places.watch(query, signal))
                for (const seen of all) {
                    const { name, namespace: at, resourceVersion } = seen.metadata;
                    const key = `${at}/${name}`;
                    if (versions.get(key) === resourceVersion || !isOfProject(seen, query))
                        continue;
                    versions.set(key, resourceVersion);
                    yield keep(seen);
                }
        },
        applicationSet: (name, at) => hub.get(APPLICATION_SETS, { name, namespace: at }),
        async blockingWindow(application) {
            const seen = await recall(application);
            try {
                return blockingAt(await windowsOf(hub, namespace, seen), windowedOf(seen), world.now());
            }
            catch (thrown) {
                sayOnce(`Whether a sync window keeps ${application.name} from syncing is not known: ${(0,src_thrown/* messageOf */.bD)(thrown)}`);
                throw thrown;
            }
        },
    };
}
function callsOfChange({ hub, namespace, refresh, read, remember, world, }) {
    let isSaid = false;
    return {
        async refresh(application, options) {
            if (refresh)
                return remember(await refreshApplication(world, hub, nameOf(application, namespace), options));
            if (!isSaid)
                world.log.info('`refresh` is false: Argo CD looks at Git by itself, every two to three minutes unless it is set otherwise');
            isSaid = true;
            return read(application);
        },
        async sync(application, { prune }) {
            const seen = await read(application);
            const windows = await windowsOf(hub, namespace, seen);
            const closed = blockingByHandAt(windows, windowedOf(seen), world.now());
            if (closed !== undefined)
                throw closedWindow(seen, `${closed.kind} ${closed.schedule}`);
            await beginSync(hub, nameOf(application, namespace), seen, prune);
        },
    };
}
function callsBelow({ hub, recall, deployed, }) {
    return {
        async tree(application) {
            const seen = await recall(application);
            return readTree(deployed(seen), seen.status.resources);
        },
        async resource(application, node, check) {
            return deployed(await recall(application)).find(typeOf(node, check), node);
        },
        async events(application, node) {
            const seen = await recall(application);
            const { client, object } = node === undefined ? { client: hub, object: seen.metadata } : { client: deployed(seen), object: node };
            const selection = { namespace: object.namespace, fieldSelector: `involvedObject.uid=${object.uid}` };
            return (await client.list(event_wire/* EVENTS */.q, selection)).items;
        },
        async containerLog(application, { pod, namespace: at, container }) {
            const query = { namespace: at, name: pod, container, previous: true, tailLines: LOG_LINES };
            return (await deployed(await recall(application)).podLog(query)).trim();
        },
    };
}
function isOfProject({ spec }, { project }) {
    return project === undefined || spec.project === project;
}
/** Projects are where Argo CD is, whatever namespace the Application has. */
async function windowsOf(hub, namespace, { spec }) {
    const project = await hub.get(APP_PROJECTS, { namespace, name: spec.project || 'default' });
    return project.spec.syncWindows;
}
function windowedOf({ metadata, spec }) {
    return { name: metadata.name, destination: spec.destination };
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/resource.js
/** `deployments.apps`, `pods`: how the API server's own messages name a resource. */
function qualifiedName({ group, plural }) {
    return group === '' ? plural : `${plural}.${group}`;
}
/** `/apis/apps/v1/namespaces/models/deployments`, and below it one object where a name is given. */
function pathOf({ group, version, plural }, namespace, name) {
    const scope = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
    const list = `${rootOf({ group, version })}${scope}/${plural}`;
    return name === undefined ? list : `${list}/${encodeURIComponent(name)}`;
}
/** `/api/v1`, `/apis/apps/v1`: where the kinds of a group and version are, and a list of them. */
function rootOf({ group, version }) {
    return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/status.wire.js

/** meta/v1 Status: how the API server refuses. */
const status_wire_isStatus = (0,validate_wire/* record */.g1)({
    kind: validate_wire/* string */.Yj,
    message: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    reason: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''),
    code: (0,validate_wire/* withDefault */.IQ)(validate_wire/* number */.ai, 0),
});
/** The Status in a body, or undefined where it is something else: a proxy's page, a plain text. */
function readStatus(body) {
    try {
        const value = Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : body;
        const status = status_wire_isStatus(value);
        return status.kind === 'Status' ? status : undefined;
    }
    catch {
        return undefined;
    }
}
/** One line of a watch (meta/v1 WatchEvent); what the object is depends on the type. */
const isWatchEvent = (0,validate_wire/* record */.g1)({ type: validate_wire/* string */.Yj, object: validate_wire/* unknownValue */.Uo });
const isListHead = (0,validate_wire/* record */.g1)({
    metadata: (0,validate_wire/* withDefault */.IQ)((0,validate_wire/* record */.g1)({ resourceVersion: (0,validate_wire/* withDefault */.IQ)(validate_wire/* string */.Yj, ''), continue: (0,validate_wire/* optional */.lq)(validate_wire/* string */.Yj) }), {
        resourceVersion: '',
    }),
});

;// CONCATENATED MODULE: ./packages/kubernetes/src/explain.js



/** `Cannot list pods in namespace models`, the first part of every failure of a request. */
function whatOf({ verb, type, namespace, name, subresource }) {
    const resource = subresource === undefined ? qualifiedName(type) : `${type.plural}/${subresource}`;
    const named = name === undefined ? '' : ` "${name}"`;
    const where = namespace === '' ? 'in all namespaces' : `in namespace "${namespace}"`;
    return `Cannot ${verb} ${resource}${named} ${where}`;
}
/** The rule of a Role that allows it, as YAML on one line. */
function ruleFor({ verb, type, subresource }) {
    const resource = subresource === undefined ? type.plural : `${type.plural}/${subresource}`;
    return `{ apiGroups: ["${type.group}"], resources: ["${resource}"], verbs: ["${verb}"] }`;
}
/** Who has to be given what, and where: the API server names the user as RBAC knows it (apiserver responsewriters/errors.go). */
function grantFor(intent, refusal) {
    const [, user] = /User "([^"]+)" cannot /.exec(refusal) ?? [];
    const { namespace } = intent;
    const where = namespace === ''
        ? 'a ClusterRole that a ClusterRoleBinding binds to it'
        : `a Role of the namespace ${namespace} (or a ClusterRole) bound to it`;
    return `Grant it to ${subjectOf(user)}: add this rule to ${where}: ${ruleFor(intent)}`;
}
function subjectOf(user) {
    const [, namespace, name] = /^system:serviceaccount:([^:]+):(.+)$/.exec(user ?? '') ?? [];
    if (name !== undefined)
        return `the ServiceAccount ${name} of the namespace ${namespace}`;
    if (user === 'system:anonymous')
        return 'who has logged in (this request was anonymous: give a token)';
    return user === undefined ? 'the identity of this step' : `the user ${user}`;
}
/** How refusals of the API server read: it says why in a Status, we say what to change. */
function explainer(intent) {
    return ({ status, body }) => {
        const refusal = readStatus(body);
        const seen = refusal === undefined ? {} : { seen: refusal.message };
        if (status === 401) {
            const next = 'Renew the token: it is missing, wrong or expired (a token of EKS lives 15 minutes). On EKS the role also needs an access entry of the cluster';
            return { ...seen, kind: 'auth', next };
        }
        if (status === 403) {
            return { ...seen, kind: 'auth', next: grantFor(intent, refusal?.message ?? '') };
        }
        if (status === 404)
            return { ...seen, kind: 'not-found', next: missing(intent, body, refusal?.reason) };
        return seen;
    };
}
/** A Status of 404 means the object; the API server's own plain text that nobody serves the path; anything else that it is none. */
function missing({ type, name, namespace }, body, reason) {
    if (reason === 'NotFound' && name !== undefined)
        return `Check the name "${name}" and the namespace "${namespace}"`;
    if (reason !== undefined || isNotServed(body))
        return `Check that the cluster serves ${qualifiedName(type)} (${type.version}): is what defines it installed?`;
    return NOT_KUBERNETES;
}
/** How the API server says that it has no such path: in a Status where it knows the group, else in plain text. */
function isNotServed(body) {
    return readStatus(body)?.reason === 'NotFound' || /^404 page not found\s*$/.test(body.toString('utf8'));
}
const NOT_KUBERNETES = 'Check the URL of the API server (`kubectl config view --minify`): what answers there is not the Kubernetes API';
/** Names cluster and namespace as the thing that a request was about. */
async function aboutCluster(host, intent, request) {
    try {
        return await request;
    }
    catch (thrown) {
        if (!(thrown instanceof failure/* Failure */.HR) || thrown.kind === 'cancelled')
            throw thrown;
        // Nobody logs in to an API server by a page.
        const next = /^HTTP_(LOGIN|REDIRECT)/.test(thrown.code) ? { next: NOT_KUBERNETES } : {};
        throw (0,failure/* withDetails */.FE)(thrown, { on: `the Kubernetes API at ${host}`, what: whatOf(intent), ...next });
    }
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/discovery.js



/** meta/v1 APIResourceList; subresources stand in it as `pods/log`. */
const isResourceList = (0,validate_wire/* record */.g1)({ resources: (0,validate_wire/* array */.YO)((0,validate_wire/* record */.g1)({ name: validate_wire/* string */.Yj })) });
/**
 * By discovery, to which everybody who is known has a right (ClusterRole system:discovery). Only the API server's own word
 * that it has no such group, or a list without the kind, counts.
 */
async function isServed(transport, type) {
    const { http, send } = transport;
    let isAbsent = false;
    const explain = ({ status, body }) => {
        isAbsent = status === 404 && isNotServed(body);
        return undefined;
    };
    const listed = send({ verb: 'list', type, namespace: '' }, rootOf(type), (request) => http.json({ ...request, explain }, isResourceList));
    return listed.then(({ resources }) => resources.some(({ name }) => name === type.plural), () => !isAbsent);
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/list.js



const PAGE = 500;
const isPage = (0,validate_wire/* record */.g1)({ items: (0,validate_wire/* array */.YO)(validate_wire/* unknownValue */.Uo) });
/** Page after page; a page that came too late (410) starts the list over, then in one piece. */
async function list_listAll(transport, type, selection) {
    const items = [];
    for (let token = '', limit = PAGE;;) {
        const page = await readPage(transport, type, selection, { limit, token });
        if (page === undefined) {
            items.length = 0;
            token = '';
            limit = 0;
            continue;
        }
        items.push(...page.items);
        token = page.next;
        if (token === undefined)
            return { items, resourceVersion: page.resourceVersion };
    }
}
async function readPage({ http, send }, type, selection, { limit, token }) {
    const query = selectionQuery(selection);
    if (limit > 0)
        query.set('limit', String(limit));
    if (token !== '')
        query.set('continue', token);
    return send({ verb: 'list', type, namespace: selection.namespace }, `${pathOf(type, selection.namespace)}?${query}`, async (request) => {
        const tolerate = token === '' ? [] : [410];
        const body = await http.json({ ...request, tolerate }, (value) => {
            const { metadata } = isListHead(value);
            const items = isPage(value).items.map((item, at) => type.check(item, `items[${at}]`));
            const next = metadata.continue === '' ? undefined : metadata.continue;
            return { items, resourceVersion: metadata.resourceVersion, next };
        });
        return body;
    });
}
/** `labelSelector=…&fieldSelector=…` */
function selectionQuery({ labelSelector, fieldSelector }) {
    return new URLSearchParams({
        ...(labelSelector === undefined ? {} : { labelSelector }),
        ...(fieldSelector === undefined ? {} : { fieldSelector }),
    });
}

// EXTERNAL MODULE: ./packages/kubernetes/src/pod.wire.js
var pod_wire = __webpack_require__(448);
// EXTERNAL MODULE: ./packages/http/src/create.js + 22 modules
var create = __webpack_require__(76);
;// CONCATENATED MODULE: ./packages/kubernetes/src/transport.js


/** @throws Failure `config` for a server that is no URL or certificates that cannot be read */
function createTransport(world, connection, options) {
    const { caCert, clientCertificate, serverName, server, token } = connection;
    const http = (0,create/* createHttp */.V)(world, {
        trustedOrigins: [server],
        retries: options.retries ?? 2,
        ...(options.requestTimeout === undefined ? {} : { requestTimeout: options.requestTimeout }),
        ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
        ...(caCert === undefined ? {} : { caCert }),
        ...(clientCertificate === undefined ? {} : { clientCertificate }),
        ...(serverName === undefined ? {} : { serverName }),
    });
    const { host } = new URL(server);
    const authorization = async () => {
        const value = typeof token === 'function' ? await token() : token;
        return value === undefined ? {} : { authorization: `Bearer ${value}` };
    };
    return {
        host,
        http,
        send: async (intent, path, run) => {
            const headers = await authorization();
            const request = { url: `${server}${path}`, what: whatOf(intent), headers, explain: explainer(intent) };
            return aboutCluster(host, intent, run(request));
        },
    };
}

// EXTERNAL MODULE: ./packages/http/src/events.js
var events = __webpack_require__(3243);
// EXTERNAL MODULE: ./packages/wait/src/backoff.js
var backoff = __webpack_require__(9933);
;// CONCATENATED MODULE: ./packages/kubernetes/src/watch.js







/** Servers end a watch between 30 and 60 minutes by themselves; asking for less keeps proxies content. */
const WATCH_SECONDS = 240;
/** Bookmarks come about every minute, so silence for this long means a dead connection. */
const IDLE_MS = 150_000;
/** Thrown inside: what was known is too old, so list again. */
class Expired extends Error {
}
/**
 * List, then watch from that version (kubernetes.io "Efficient detection of changes"). A watch that ends goes on from
 * the last version seen; a 410 lists anew; whatever else breaks it is tried again, at most every 30 s.
 * @throws Failure when the list or the watch is refused in a way that cannot pass
 */
async function* watchSelection(world, transport, type, selection, signal) {
    const objects = new Map();
    let version;
    for (let troubles = 0; !signal.aborted;) {
        try {
            if (version === undefined) {
                const listing = await list_listAll(transport, type, selection);
                objects.clear();
                for (const item of listing.items)
                    objects.set(keyOf(item), item);
                version = listing.resourceVersion;
                yield [...objects.values()];
            }
            for await (const event of changes(transport, type, selection, version, signal)) {
                troubles = 0;
                version = event.version;
                if (event.kind === 'bookmark')
                    continue;
                if (event.kind === 'gone')
                    objects.delete(event.key);
                else
                    objects.set(event.key, event.object);
                yield [...objects.values()];
            }
        }
        catch (thrown) {
            if (signal.aborted)
                return;
            if (thrown instanceof Expired) {
                version = undefined;
                continue;
            }
            if (thrown instanceof failure/* Failure */.HR && !thrown.retryable)
                throw thrown;
            world.log.debug(`The watch of ${type.plural} broke and is tried again: ${(0,src_thrown/* messageOf */.bD)(thrown)}`);
            version = undefined;
        }
        troubles += 1;
        await world.sleep((0,backoff/* fullJitter */.G)(troubles, { base: 250, cap: 30_000, random: world.random }));
    }
}
async function* changes({ http, send }, type, selection, version, signal) {
    const query = selectionQuery(selection);
    query.set('watch', '1');
    query.set('allowWatchBookmarks', 'true');
    query.set('resourceVersion', version);
    query.set('timeoutSeconds', String(WATCH_SECONDS));
    const intent = { verb: 'watch', type, namespace: selection.namespace };
    const path = `${pathOf(type, selection.namespace)}?${query}`;
    const stream = await send(intent, path, (request) => http.stream({ ...request, idleTimeout: IDLE_MS, signal, tolerate: [410] }));
    try {
        if (stream.status === 410)
            throw new Expired();
        for await (const line of (0,events/* jsonLines */.i)(stream.chunks))
            yield readChange(line, type);
    }
    finally {
        stream.close();
    }
}
/** @throws Expired for the ERROR event that says 410; Error for every other one */
function readChange(line, type) {
    const event = isWatchEvent(line);
    if (event.type === 'ERROR') {
        const refusal = readStatus(event.object);
        if (refusal?.code === 410)
            throw new Expired();
        throw new Error(refusal?.message ?? 'the watch ended with an error');
    }
    const { version, key } = (0,metadata_wire/* identify */.ls)(event.object);
    if (event.type === 'BOOKMARK')
        return { kind: 'bookmark', version };
    if (event.type === 'DELETED')
        return { kind: 'gone', version, key };
    return { kind: 'there', version, key, object: type.check(event.object) };
}
function keyOf(object) {
    return (0,metadata_wire/* identify */.ls)(object).key;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/create.js







const LOG_BYTES = 64 * 1024;
/** A client for one cluster; close it, so that its sockets do not keep the process alive. */
function createKubernetes(world, connection, options = {}) {
    const transport = createTransport(world, connection, options);
    const { http, send } = transport;
    return {
        host: transport.host,
        get: (type, { namespace, name }) => send({ verb: 'get', type, namespace, name }, pathOf(type, namespace, name), (request) => http.json(request, type.check)),
        find: (type, { namespace, name }) => send({ verb: 'get', type, namespace, name }, pathOf(type, namespace, name), (request) => findWith(http, request, type.check)),
        serves: (type) => isServed(transport, type),
        list: (type, selection) => list_listAll(transport, type, selection),
        watch: (type, selection, signal) => watchSelection(world, transport, type, selection, signal),
        patch: (type, { namespace, name }, patch) => send({ verb: 'patch', type, namespace, name }, pathOf(type, namespace, name), (request) => {
            const headers = { ...request.headers, 'content-type': 'application/merge-patch+json' };
            return http.json({ ...request, method: 'PATCH', headers, body: { json: patch } }, type.check);
        }),
        podLog: async ({ namespace, name, container, previous = false, tailLines = 50 }) => {
            const query = new URLSearchParams({
                container,
                tailLines: String(tailLines),
                limitBytes: String(LOG_BYTES),
                ...(previous ? { previous: 'true' } : {}),
            });
            const intent = { verb: 'get', type: pod_wire/* PODS */.D, namespace, name, subresource: 'log' };
            const path = `${pathOf(pod_wire/* PODS */.D, namespace, name)}/log?${query}`;
            return send(intent, path, async (request) => (await http.request(request)).body.toString('utf8'));
        },
        close: () => http.close(),
    };
}
/** Only the API server's own word that the object is not there counts: any other 404 is that of somebody else. */
async function findWith(http, request, check) {
    let isAbsent = false;
    const explain = (response) => {
        isAbsent = response.status === 404 && readStatus(response.body)?.reason === 'NotFound';
        return request.explain?.(response);
    };
    try {
        return await http.json({ ...request, explain }, check);
    }
    catch (thrown) {
        if (isAbsent)
            return undefined;
        throw thrown;
    }
}

// EXTERNAL MODULE: ./actions/wait-argocd-sync/src/inputs.js + 11 modules
var src_inputs = __webpack_require__(3481);
// EXTERNAL MODULE: ./actions/wait-argocd-sync/src/access/cluster.js + 3 modules
var cluster = __webpack_require__(8436);
;// CONCATENATED MODULE: ./actions/wait-argocd-sync/src/access/connect-core.js




/** Argo CD's resources by the Kubernetes API, and the pods in the clusters that it deploys to. */
async function connectCore(inputs, world, deadline) {
    const open = async (given) => {
        const connection = await (0,cluster/* connectCluster */.bp)(given, inputs, world);
        if (connection === undefined)
            return undefined;
        const { requestTimeout } = inputs;
        const client = createKubernetes(world, connection, { requestTimeout, deadline });
        return { client, eksCluster: given.eksCluster };
    };
    const hub = await open((0,cluster/* hubOf */.rX)(inputs));
    if (hub === undefined)
        throw (0,cluster/* noCluster */.eG)('Give `kubeconfig`, `eks-cluster`, or `kubernetes-server` with `kubernetes-token`: the cluster that Argo CD runs in');
    const { workloadKubeconfig: kubeconfig, workloadContext: context, workloadEksCluster: eksCluster } = inputs;
    const isOther = (kubeconfig ?? eksCluster) !== undefined;
    return createCore(world, {
        hub,
        workload: isOther ? await open({ kubeconfig, context, eksCluster }) : undefined,
        namespace: inputs.argocdNamespace,
        refresh: inputs.refresh,
        needsPods: inputs.deepHealth || (0,src_inputs/* isVersionExpected */.J)(inputs),
    });
}


/***/ })

};
