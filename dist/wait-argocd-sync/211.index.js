export const id = 211;
export const ids = [211];
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

/***/ 2211:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openProxy: () => (/* binding */ openProxy)
/* harmony export */ });
/* harmony import */ var _mlops_actions_argocd__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4720);
/* harmony import */ var _mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5836);
/* harmony import */ var _mlops_actions_http__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8436);




/**
 * The API server of Argo CD behind that of Kubernetes, where no Ingress leads to it: `services/proxy` of its Service. The
 * header Authorization is Kubernetes' there, and ends there.
 * @param service `argocd/https:argocd-server:443`
 */
async function openProxy(inputs, world, options, service) {
    const connection = await (0,_cluster_js__WEBPACK_IMPORTED_MODULE_0__/* .connectCluster */ .bp)((0,_cluster_js__WEBPACK_IMPORTED_MODULE_0__/* .hubOf */ .rX)(inputs), inputs, world);
    if (connection === undefined)
        throw (0,_cluster_js__WEBPACK_IMPORTED_MODULE_0__/* .noCluster */ .eG)('Give `kubeconfig`, `eks-cluster`, or `kubernetes-server` with `kubernetes-token`: the cluster that `service-proxy` is in');
    const { server, token, ...tls } = connection;
    const [namespace = '', name = ''] = service.split('/');
    const url = `${server}/api/v1/namespaces/${namespace}/services/${name}/proxy`;
    const http = (0,_mlops_actions_http__WEBPACK_IMPORTED_MODULE_1__/* .createHttp */ .V)(world, { ...options, ...tls, trustedOrigins: [server] });
    if (token === undefined)
        return { http, url };
    const source = {
        token: async () => (typeof token === 'string' ? token : token()),
        renew: async () => false,
    };
    return {
        http: (0,_mlops_actions_argocd__WEBPACK_IMPORTED_MODULE_2__/* .authorized */ .wL)(http, source, _mlops_actions_argocd__WEBPACK_IMPORTED_MODULE_2__/* .bearer */ .CM, async (failure) => toldOfKubernetes(failure, namespace)),
        url,
    };
}
/** What Kubernetes refuses is no matter of Argo CD's RBAC or login. */
function toldOfKubernetes(failure, namespace) {
    const { seen } = failure.details;
    if (/cannot \w+ resource "services\/proxy"/.test(seen))
        return (0,_mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_3__/* .withDetails */ .FE)(failure, {
            code: 'KUBERNETES_PROXY',
            next: `Add this rule to a Role of the identity in the namespace ${namespace}: { apiGroups: [""], resources: ["services/proxy"], verbs: ["get", "create"] }`,
        });
    if (/\bUnauthorized\b/.test(seen))
        return (0,_mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_3__/* .withDetails */ .FE)(failure, {
            code: 'KUBERNETES_LOGIN',
            next: 'Renew the token of the Kubernetes API: it is missing, wrong or expired. On EKS the role also needs an access entry of the cluster',
        });
    return failure;
}


/***/ })

};
