import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 6745:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var Scalar = __nccwpck_require__(4305);
var YAMLMap = __nccwpck_require__(2938);
var YAMLSeq = __nccwpck_require__(3571);
var resolveBlockMap = __nccwpck_require__(619);
var resolveBlockSeq = __nccwpck_require__(1610);
var resolveFlowCollection = __nccwpck_require__(562);

function resolveCollection(CN, ctx, token, onError, tagName, tag) {
    const coll = token.type === 'block-map'
        ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag)
        : token.type === 'block-seq'
            ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag)
            : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag);
    const Coll = coll.constructor;
    // If we got a tagName matching the class, or the tag name is '!',
    // then use the tagName from the node class used to create it.
    if (tagName === '!' || tagName === Coll.tagName) {
        coll.tag = Coll.tagName;
        return coll;
    }
    if (tagName)
        coll.tag = tagName;
    return coll;
}
function composeCollection(CN, ctx, token, props, onError) {
    const tagToken = props.tag;
    const tagName = !tagToken
        ? null
        : ctx.directives.tagName(tagToken.source, msg => onError(tagToken, 'TAG_RESOLVE_FAILED', msg));
    if (token.type === 'block-seq') {
        const { anchor, newlineAfterProp: nl } = props;
        const lastProp = anchor && tagToken
            ? anchor.offset > tagToken.offset
                ? anchor
                : tagToken
            : (anchor ?? tagToken);
        if (lastProp && (!nl || nl.offset < lastProp.offset)) {
            const message = 'Missing newline after block sequence props';
            onError(lastProp, 'MISSING_CHAR', message);
        }
    }
    const expType = token.type === 'block-map'
        ? 'map'
        : token.type === 'block-seq'
            ? 'seq'
            : token.start.source === '{'
                ? 'map'
                : 'seq';
    // shortcut: check if it's a generic YAMLMap or YAMLSeq
    // before jumping into the custom tag logic.
    if (!tagToken ||
        !tagName ||
        tagName === '!' ||
        (tagName === YAMLMap.YAMLMap.tagName && expType === 'map') ||
        (tagName === YAMLSeq.YAMLSeq.tagName && expType === 'seq')) {
        return resolveCollection(CN, ctx, token, onError, tagName);
    }
    let tag = ctx.schema.tags.find(t => t.tag === tagName && t.collection === expType);
    if (!tag) {
        const kt = ctx.schema.knownTags[tagName];
        if (kt?.collection === expType) {
            ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
            tag = kt;
        }
        else {
            if (kt) {
                onError(tagToken, 'BAD_COLLECTION_TYPE', `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? 'scalar'}`, true);
            }
            else {
                onError(tagToken, 'TAG_RESOLVE_FAILED', `Unresolved tag: ${tagName}`, true);
            }
            return resolveCollection(CN, ctx, token, onError, tagName);
        }
    }
    const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
    const res = tag.resolve?.(coll, msg => onError(tagToken, 'TAG_RESOLVE_FAILED', msg), ctx.options) ?? coll;
    const node = identity.isNode(res)
        ? res
        : new Scalar.Scalar(res);
    node.range = coll.range;
    node.tag = tagName;
    if (tag?.format)
        node.format = tag.format;
    return node;
}

exports.composeCollection = composeCollection;


/***/ }),

/***/ 6183:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Document = __nccwpck_require__(7977);
var composeNode = __nccwpck_require__(413);
var resolveEnd = __nccwpck_require__(2368);
var resolveProps = __nccwpck_require__(6715);

function composeDoc(options, directives, { offset, start, value, end }, onError) {
    const opts = Object.assign({ _directives: directives }, options);
    const doc = new Document.Document(undefined, opts);
    const ctx = {
        atKey: false,
        atRoot: true,
        directives: doc.directives,
        options: doc.options,
        schema: doc.schema
    };
    const props = resolveProps.resolveProps(start, {
        indicator: 'doc-start',
        next: value ?? end?.[0],
        offset,
        onError,
        parentIndent: 0,
        startOnNewline: true
    });
    if (props.found) {
        doc.directives.docStart = true;
        if (value &&
            (value.type === 'block-map' || value.type === 'block-seq') &&
            !props.hasNewline)
            onError(props.end, 'MISSING_CHAR', 'Block collection cannot start on same line with directives-end marker');
    }
    // @ts-expect-error If Contents is set, let's trust the user
    doc.contents = value
        ? composeNode.composeNode(ctx, value, props, onError)
        : composeNode.composeEmptyNode(ctx, props.end, start, null, props, onError);
    const contentEnd = doc.contents.range[2];
    const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
    if (re.comment)
        doc.comment = re.comment;
    doc.range = [offset, contentEnd, re.offset];
    return doc;
}

exports.composeDoc = composeDoc;


/***/ }),

/***/ 413:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Alias = __nccwpck_require__(5525);
var identity = __nccwpck_require__(1891);
var composeCollection = __nccwpck_require__(6745);
var composeScalar = __nccwpck_require__(1337);
var resolveEnd = __nccwpck_require__(2368);
var utilEmptyScalarPosition = __nccwpck_require__(6827);

const CN = { composeNode, composeEmptyNode };
function composeNode(ctx, token, props, onError) {
    const atKey = ctx.atKey;
    const { spaceBefore, comment, anchor, tag } = props;
    let node;
    let isSrcToken = true;
    switch (token.type) {
        case 'alias':
            node = composeAlias(ctx, token, onError);
            if (anchor || tag)
                onError(token, 'ALIAS_PROPS', 'An alias node must not specify any properties');
            break;
        case 'scalar':
        case 'single-quoted-scalar':
        case 'double-quoted-scalar':
        case 'block-scalar':
            node = composeScalar.composeScalar(ctx, token, tag, onError);
            if (anchor)
                node.anchor = anchor.source.substring(1);
            break;
        case 'block-map':
        case 'block-seq':
        case 'flow-collection':
            try {
                node = composeCollection.composeCollection(CN, ctx, token, props, onError);
                if (anchor)
                    node.anchor = anchor.source.substring(1);
            }
            catch (error) {
                // Almost certainly here due to a stack overflow
                const message = error instanceof Error ? error.message : String(error);
                onError(token, 'RESOURCE_EXHAUSTION', message);
            }
            break;
        default: {
            const message = token.type === 'error'
                ? token.message
                : `Unsupported token (type: ${token.type})`;
            onError(token, 'UNEXPECTED_TOKEN', message);
            isSrcToken = false;
        }
    }
    node ?? (node = composeEmptyNode(ctx, token.offset, undefined, null, props, onError));
    if (anchor && node.anchor === '')
        onError(anchor, 'BAD_ALIAS', 'Anchor cannot be an empty string');
    if (atKey &&
        ctx.options.stringKeys &&
        (!identity.isScalar(node) ||
            typeof node.value !== 'string' ||
            (node.tag && node.tag !== 'tag:yaml.org,2002:str'))) {
        const msg = 'With stringKeys, all keys must be strings';
        onError(tag ?? token, 'NON_STRING_KEY', msg);
    }
    if (spaceBefore)
        node.spaceBefore = true;
    if (comment) {
        if (token.type === 'scalar' && token.source === '')
            node.comment = comment;
        else
            node.commentBefore = comment;
    }
    // @ts-expect-error Type checking misses meaning of isSrcToken
    if (ctx.options.keepSourceTokens && isSrcToken)
        node.srcToken = token;
    return node;
}
function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
    const token = {
        type: 'scalar',
        offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
        indent: -1,
        source: ''
    };
    const node = composeScalar.composeScalar(ctx, token, tag, onError);
    if (anchor) {
        node.anchor = anchor.source.substring(1);
        if (node.anchor === '')
            onError(anchor, 'BAD_ALIAS', 'Anchor cannot be an empty string');
    }
    if (spaceBefore)
        node.spaceBefore = true;
    if (comment) {
        node.comment = comment;
        node.range[2] = end;
    }
    return node;
}
function composeAlias({ options }, { offset, source, end }, onError) {
    const alias = new Alias.Alias(source.substring(1));
    if (alias.source === '')
        onError(offset, 'BAD_ALIAS', 'Alias cannot be an empty string');
    if (alias.source.endsWith(':'))
        onError(offset + source.length - 1, 'BAD_ALIAS', 'Alias ending in : is ambiguous', true);
    const valueEnd = offset + source.length;
    const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
    alias.range = [offset, valueEnd, re.offset];
    if (re.comment)
        alias.comment = re.comment;
    return alias;
}

exports.composeEmptyNode = composeEmptyNode;
exports.composeNode = composeNode;


/***/ }),

/***/ 1337:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var Scalar = __nccwpck_require__(4305);
var resolveBlockScalar = __nccwpck_require__(293);
var resolveFlowScalar = __nccwpck_require__(7686);

function composeScalar(ctx, token, tagToken, onError) {
    const { value, type, comment, range } = token.type === 'block-scalar'
        ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError)
        : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
    const tagName = tagToken
        ? ctx.directives.tagName(tagToken.source, msg => onError(tagToken, 'TAG_RESOLVE_FAILED', msg))
        : null;
    let tag;
    if (ctx.options.stringKeys && ctx.atKey) {
        tag = ctx.schema[identity.SCALAR];
    }
    else if (tagName)
        tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
    else if (token.type === 'scalar')
        tag = findScalarTagByTest(ctx, value, token, onError);
    else
        tag = ctx.schema[identity.SCALAR];
    let scalar;
    try {
        const res = tag.resolve(value, msg => onError(tagToken ?? token, 'TAG_RESOLVE_FAILED', msg), ctx.options);
        scalar = identity.isScalar(res) ? res : new Scalar.Scalar(res);
    }
    catch (error) {
        const msg = error instanceof Error ? error.message : String(error);
        onError(tagToken ?? token, 'TAG_RESOLVE_FAILED', msg);
        scalar = new Scalar.Scalar(value);
    }
    scalar.range = range;
    scalar.source = value;
    if (type)
        scalar.type = type;
    if (tagName)
        scalar.tag = tagName;
    if (tag.format)
        scalar.format = tag.format;
    if (comment)
        scalar.comment = comment;
    return scalar;
}
function findScalarTagByName(schema, value, tagName, tagToken, onError) {
    if (tagName === '!')
        return schema[identity.SCALAR]; // non-specific tag
    const matchWithTest = [];
    for (const tag of schema.tags) {
        if (!tag.collection && tag.tag === tagName) {
            if (tag.default && tag.test)
                matchWithTest.push(tag);
            else
                return tag;
        }
    }
    for (const tag of matchWithTest)
        if (tag.test?.test(value))
            return tag;
    const kt = schema.knownTags[tagName];
    if (kt && !kt.collection) {
        // Ensure that the known tag is available for stringifying,
        // but does not get used by default.
        schema.tags.push(Object.assign({}, kt, { default: false, test: undefined }));
        return kt;
    }
    onError(tagToken, 'TAG_RESOLVE_FAILED', `Unresolved tag: ${tagName}`, tagName !== 'tag:yaml.org,2002:str');
    return schema[identity.SCALAR];
}
function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
    const tag = schema.tags.find(tag => (tag.default === true || (atKey && tag.default === 'key')) &&
        tag.test?.test(value)) || schema[identity.SCALAR];
    if (schema.compat) {
        const compat = schema.compat.find(tag => tag.default && tag.test?.test(value)) ??
            schema[identity.SCALAR];
        if (tag.tag !== compat.tag) {
            const ts = directives.tagString(tag.tag);
            const cs = directives.tagString(compat.tag);
            const msg = `Value may be parsed as either ${ts} or ${cs}`;
            onError(token, 'TAG_RESOLVE_FAILED', msg, true);
        }
    }
    return tag;
}

exports.composeScalar = composeScalar;


/***/ }),

/***/ 4260:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_process = __nccwpck_require__(932);
var directives = __nccwpck_require__(9082);
var Document = __nccwpck_require__(7977);
var errors = __nccwpck_require__(7460);
var identity = __nccwpck_require__(1891);
var composeDoc = __nccwpck_require__(6183);
var resolveEnd = __nccwpck_require__(2368);

function getErrorPos(src) {
    if (typeof src === 'number')
        return [src, src + 1];
    if (Array.isArray(src))
        return src.length === 2 ? src : [src[0], src[1]];
    const { offset, source } = src;
    return [offset, offset + (typeof source === 'string' ? source.length : 1)];
}
function parsePrelude(prelude) {
    let comment = '';
    let atComment = false;
    let afterEmptyLine = false;
    for (let i = 0; i < prelude.length; ++i) {
        const source = prelude[i];
        switch (source[0]) {
            case '#':
                comment +=
                    (comment === '' ? '' : afterEmptyLine ? '\n\n' : '\n') +
                        (source.substring(1) || ' ');
                atComment = true;
                afterEmptyLine = false;
                break;
            case '%':
                if (prelude[i + 1]?.[0] !== '#')
                    i += 1;
                atComment = false;
                break;
            default:
                // This may be wrong after doc-end, but in that case it doesn't matter
                if (!atComment)
                    afterEmptyLine = true;
                atComment = false;
        }
    }
    return { comment, afterEmptyLine };
}
/**
 * Compose a stream of CST nodes into a stream of YAML Documents.
 *
 * ```ts
 * import { Composer, Parser } from 'yaml'
 *
 * const src: string = ...
 * const tokens = new Parser().parse(src)
 * const docs = new Composer().compose(tokens)
 * ```
 */
class Composer {
    constructor(options = {}) {
        this.doc = null;
        this.atDirectives = false;
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
        this.onError = (source, code, message, warning) => {
            const pos = getErrorPos(source);
            if (warning)
                this.warnings.push(new errors.YAMLWarning(pos, code, message));
            else
                this.errors.push(new errors.YAMLParseError(pos, code, message));
        };
        // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
        this.directives = new directives.Directives({ version: options.version || '1.2' });
        this.options = options;
    }
    decorate(doc, afterDoc) {
        const { comment, afterEmptyLine } = parsePrelude(this.prelude);
        //console.log({ dc: doc.comment, prelude, comment })
        if (comment) {
            const dc = doc.contents;
            if (afterDoc) {
                doc.comment = doc.comment ? `${doc.comment}\n${comment}` : comment;
            }
            else if (afterEmptyLine || doc.directives.docStart || !dc) {
                doc.commentBefore = comment;
            }
            else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
                let it = dc.items[0];
                if (identity.isPair(it))
                    it = it.key;
                const cb = it.commentBefore;
                it.commentBefore = cb ? `${comment}\n${cb}` : comment;
            }
            else {
                const cb = dc.commentBefore;
                dc.commentBefore = cb ? `${comment}\n${cb}` : comment;
            }
        }
        if (afterDoc) {
            for (let i = 0; i < this.errors.length; ++i)
                doc.errors.push(this.errors[i]);
            for (let i = 0; i < this.warnings.length; ++i)
                doc.warnings.push(this.warnings[i]);
        }
        else {
            doc.errors = this.errors;
            doc.warnings = this.warnings;
        }
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
    }
    /**
     * Current stream status information.
     *
     * Mostly useful at the end of input for an empty stream.
     */
    streamInfo() {
        return {
            comment: parsePrelude(this.prelude).comment,
            directives: this.directives,
            errors: this.errors,
            warnings: this.warnings
        };
    }
    /**
     * Compose tokens into documents.
     *
     * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
     * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
     */
    *compose(tokens, forceDoc = false, endOffset = -1) {
        for (const token of tokens)
            yield* this.next(token);
        yield* this.end(forceDoc, endOffset);
    }
    /** Advance the composer by one CST token. */
    *next(token) {
        if (node_process.env.LOG_STREAM)
            console.dir(token, { depth: null });
        switch (token.type) {
            case 'directive':
                this.directives.add(token.source, (offset, message, warning) => {
                    const pos = getErrorPos(token);
                    pos[0] += offset;
                    this.onError(pos, 'BAD_DIRECTIVE', message, warning);
                });
                this.prelude.push(token.source);
                this.atDirectives = true;
                break;
            case 'document': {
                const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
                if (this.atDirectives && !doc.directives.docStart)
                    this.onError(token, 'MISSING_CHAR', 'Missing directives-end/doc-start indicator line');
                this.decorate(doc, false);
                if (this.doc)
                    yield this.doc;
                this.doc = doc;
                this.atDirectives = false;
                break;
            }
            case 'byte-order-mark':
            case 'space':
                break;
            case 'comment':
            case 'newline':
                this.prelude.push(token.source);
                break;
            case 'error': {
                const msg = token.source
                    ? `${token.message}: ${JSON.stringify(token.source)}`
                    : token.message;
                const error = new errors.YAMLParseError(getErrorPos(token), 'UNEXPECTED_TOKEN', msg);
                if (this.atDirectives || !this.doc)
                    this.errors.push(error);
                else
                    this.doc.errors.push(error);
                break;
            }
            case 'doc-end': {
                if (!this.doc) {
                    const msg = 'Unexpected doc-end without preceding document';
                    this.errors.push(new errors.YAMLParseError(getErrorPos(token), 'UNEXPECTED_TOKEN', msg));
                    break;
                }
                this.doc.directives.docEnd = true;
                const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
                this.decorate(this.doc, true);
                if (end.comment) {
                    const dc = this.doc.comment;
                    this.doc.comment = dc ? `${dc}\n${end.comment}` : end.comment;
                }
                this.doc.range[2] = end.offset;
                break;
            }
            default:
                this.errors.push(new errors.YAMLParseError(getErrorPos(token), 'UNEXPECTED_TOKEN', `Unsupported token ${token.type}`));
        }
    }
    /**
     * Call at end of input to yield any remaining document.
     *
     * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
     * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
     */
    *end(forceDoc = false, endOffset = -1) {
        if (this.doc) {
            this.decorate(this.doc, true);
            yield this.doc;
            this.doc = null;
        }
        else if (forceDoc) {
            const opts = Object.assign({ _directives: this.directives }, this.options);
            const doc = new Document.Document(undefined, opts);
            if (this.atDirectives)
                this.onError(endOffset, 'MISSING_CHAR', 'Missing directives-end indicator line');
            doc.range = [0, endOffset, endOffset];
            this.decorate(doc, false);
            yield doc;
        }
    }
}

exports.Composer = Composer;


/***/ }),

/***/ 619:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Pair = __nccwpck_require__(5153);
var YAMLMap = __nccwpck_require__(2938);
var resolveProps = __nccwpck_require__(6715);
var utilContainsNewline = __nccwpck_require__(3151);
var utilFlowIndentCheck = __nccwpck_require__(7319);
var utilMapIncludes = __nccwpck_require__(8279);

const startColMsg = 'All mapping items must start at the same column';
function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
    const NodeClass = tag?.nodeClass ?? YAMLMap.YAMLMap;
    const map = new NodeClass(ctx.schema);
    if (ctx.atRoot)
        ctx.atRoot = false;
    let offset = bm.offset;
    let commentEnd = null;
    for (const collItem of bm.items) {
        const { start, key, sep, value } = collItem;
        // key properties
        const keyProps = resolveProps.resolveProps(start, {
            indicator: 'explicit-key-ind',
            next: key ?? sep?.[0],
            offset,
            onError,
            parentIndent: bm.indent,
            startOnNewline: true
        });
        const implicitKey = !keyProps.found;
        if (implicitKey) {
            if (key) {
                if (key.type === 'block-seq')
                    onError(offset, 'BLOCK_AS_IMPLICIT_KEY', 'A block sequence may not be used as an implicit map key');
                else if ('indent' in key && key.indent !== bm.indent)
                    onError(offset, 'BAD_INDENT', startColMsg);
            }
            if (!keyProps.anchor && !keyProps.tag && !sep) {
                commentEnd = keyProps.end;
                if (keyProps.comment) {
                    if (map.comment)
                        map.comment += '\n' + keyProps.comment;
                    else
                        map.comment = keyProps.comment;
                }
                continue;
            }
            if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) {
                onError(key ?? start[start.length - 1], 'MULTILINE_IMPLICIT_KEY', 'Implicit keys need to be on a single line');
            }
        }
        else if (keyProps.found?.indent !== bm.indent) {
            onError(offset, 'BAD_INDENT', startColMsg);
        }
        // key value
        ctx.atKey = true;
        const keyStart = keyProps.end;
        const keyNode = key
            ? composeNode(ctx, key, keyProps, onError)
            : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
        if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
        ctx.atKey = false;
        if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
            onError(keyStart, 'DUPLICATE_KEY', 'Map keys must be unique');
        // value properties
        const valueProps = resolveProps.resolveProps(sep ?? [], {
            indicator: 'map-value-ind',
            next: value,
            offset: keyNode.range[2],
            onError,
            parentIndent: bm.indent,
            startOnNewline: !key || key.type === 'block-scalar'
        });
        offset = valueProps.end;
        if (valueProps.found) {
            if (implicitKey) {
                if (value?.type === 'block-map' && !valueProps.hasNewline)
                    onError(offset, 'BLOCK_AS_IMPLICIT_KEY', 'Nested mappings are not allowed in compact mappings');
                if (ctx.options.strict &&
                    keyProps.start < valueProps.found.offset - 1024)
                    onError(keyNode.range, 'KEY_OVER_1024_CHARS', 'The : indicator must be at most 1024 chars after the start of an implicit block mapping key');
            }
            // value value
            const valueNode = value
                ? composeNode(ctx, value, valueProps, onError)
                : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
            if (ctx.schema.compat)
                utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
            offset = valueNode.range[2];
            const pair = new Pair.Pair(keyNode, valueNode);
            if (ctx.options.keepSourceTokens)
                pair.srcToken = collItem;
            map.items.push(pair);
        }
        else {
            // key with no value
            if (implicitKey)
                onError(keyNode.range, 'MISSING_CHAR', 'Implicit map keys need to be followed by map values');
            if (valueProps.comment) {
                if (keyNode.comment)
                    keyNode.comment += '\n' + valueProps.comment;
                else
                    keyNode.comment = valueProps.comment;
            }
            const pair = new Pair.Pair(keyNode);
            if (ctx.options.keepSourceTokens)
                pair.srcToken = collItem;
            map.items.push(pair);
        }
    }
    if (commentEnd && commentEnd < offset)
        onError(commentEnd, 'IMPOSSIBLE', 'Map comment with trailing content');
    map.range = [bm.offset, offset, commentEnd ?? offset];
    return map;
}

exports.resolveBlockMap = resolveBlockMap;


/***/ }),

/***/ 293:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(4305);

function resolveBlockScalar(ctx, scalar, onError) {
    const start = scalar.offset;
    const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
    if (!header)
        return { value: '', type: null, comment: '', range: [start, start, start] };
    const type = header.mode === '>' ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
    const lines = scalar.source ? splitLines(scalar.source) : [];
    // determine the end of content & start of chomping
    let chompStart = lines.length;
    for (let i = lines.length - 1; i >= 0; --i) {
        const content = lines[i][1];
        if (content === '' || content === '\r')
            chompStart = i;
        else
            break;
    }
    // shortcut for empty contents
    if (chompStart === 0) {
        const value = header.chomp === '+' && lines.length > 0
            ? '\n'.repeat(Math.max(1, lines.length - 1))
            : '';
        let end = start + header.length;
        if (scalar.source)
            end += scalar.source.length;
        return { value, type, comment: header.comment, range: [start, end, end] };
    }
    // find the indentation level to trim from start
    let trimIndent = scalar.indent + header.indent;
    let offset = scalar.offset + header.length;
    let contentStart = 0;
    for (let i = 0; i < chompStart; ++i) {
        const [indent, content] = lines[i];
        if (content === '' || content === '\r') {
            if (header.indent === 0 && indent.length > trimIndent)
                trimIndent = indent.length;
        }
        else {
            if (indent.length < trimIndent) {
                const message = 'Block scalars with more-indented leading empty lines must use an explicit indentation indicator';
                onError(offset + indent.length, 'MISSING_CHAR', message);
            }
            if (header.indent === 0)
                trimIndent = indent.length;
            contentStart = i;
            if (trimIndent === 0 && !ctx.atRoot) {
                const message = 'Block scalar values in collections must be indented';
                onError(offset, 'BAD_INDENT', message);
            }
            break;
        }
        offset += indent.length + content.length + 1;
    }
    // include trailing more-indented empty lines in content
    for (let i = lines.length - 1; i >= chompStart; --i) {
        if (lines[i][0].length > trimIndent)
            chompStart = i + 1;
    }
    let value = '';
    let sep = '';
    let prevMoreIndented = false;
    // leading whitespace is kept intact
    for (let i = 0; i < contentStart; ++i)
        value += lines[i][0].slice(trimIndent) + '\n';
    for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content] = lines[i];
        offset += indent.length + content.length + 1;
        const crlf = content[content.length - 1] === '\r';
        if (crlf)
            content = content.slice(0, -1);
        /* istanbul ignore if already caught in lexer */
        if (content && indent.length < trimIndent) {
            const src = header.indent
                ? 'explicit indentation indicator'
                : 'first line';
            const message = `Block scalar lines must not be less indented than their ${src}`;
            onError(offset - content.length - (crlf ? 2 : 1), 'BAD_INDENT', message);
            indent = '';
        }
        if (type === Scalar.Scalar.BLOCK_LITERAL) {
            value += sep + indent.slice(trimIndent) + content;
            sep = '\n';
        }
        else if (indent.length > trimIndent || content[0] === '\t') {
            // more-indented content within a folded block
            if (sep === ' ')
                sep = '\n';
            else if (!prevMoreIndented && sep === '\n')
                sep = '\n\n';
            value += sep + indent.slice(trimIndent) + content;
            sep = '\n';
            prevMoreIndented = true;
        }
        else if (content === '') {
            // empty line
            if (sep === '\n')
                value += '\n';
            else
                sep = '\n';
        }
        else {
            value += sep + content;
            sep = ' ';
            prevMoreIndented = false;
        }
    }
    switch (header.chomp) {
        case '-':
            break;
        case '+':
            for (let i = chompStart; i < lines.length; ++i)
                value += '\n' + lines[i][0].slice(trimIndent);
            if (value[value.length - 1] !== '\n')
                value += '\n';
            break;
        default:
            value += '\n';
    }
    const end = start + header.length + scalar.source.length;
    return { value, type, comment: header.comment, range: [start, end, end] };
}
function parseBlockScalarHeader({ offset, props }, strict, onError) {
    /* istanbul ignore if should not happen */
    if (props[0].type !== 'block-scalar-header') {
        onError(props[0], 'IMPOSSIBLE', 'Block scalar header not found');
        return null;
    }
    const { source } = props[0];
    const mode = source[0];
    let indent = 0;
    let chomp = '';
    let error = -1;
    for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === '-' || ch === '+'))
            chomp = ch;
        else {
            const n = Number(ch);
            if (!indent && n)
                indent = n;
            else if (error === -1)
                error = offset + i;
        }
    }
    if (error !== -1)
        onError(error, 'UNEXPECTED_TOKEN', `Block scalar header includes extra characters: ${source}`);
    let hasSpace = false;
    let comment = '';
    let length = source.length;
    for (let i = 1; i < props.length; ++i) {
        const token = props[i];
        switch (token.type) {
            case 'space':
                hasSpace = true;
            // fallthrough
            case 'newline':
                length += token.source.length;
                break;
            case 'comment':
                if (strict && !hasSpace) {
                    const message = 'Comments must be separated from other tokens by white space characters';
                    onError(token, 'MISSING_CHAR', message);
                }
                length += token.source.length;
                comment = token.source.substring(1);
                break;
            case 'error':
                onError(token, 'UNEXPECTED_TOKEN', token.message);
                length += token.source.length;
                break;
            /* istanbul ignore next should not happen */
            default: {
                const message = `Unexpected token in block scalar header: ${token.type}`;
                onError(token, 'UNEXPECTED_TOKEN', message);
                const ts = token.source;
                if (ts && typeof ts === 'string')
                    length += ts.length;
            }
        }
    }
    return { mode, indent, chomp, comment, length };
}
/** @returns Array of lines split up as `[indent, content]` */
function splitLines(source) {
    const split = source.split(/\n( *)/);
    const first = split[0];
    const m = first.match(/^( *)/);
    const line0 = m?.[1]
        ? [m[1], first.slice(m[1].length)]
        : ['', first];
    const lines = [line0];
    for (let i = 1; i < split.length; i += 2)
        lines.push([split[i], split[i + 1]]);
    return lines;
}

exports.resolveBlockScalar = resolveBlockScalar;


/***/ }),

/***/ 1610:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var YAMLSeq = __nccwpck_require__(3571);
var resolveProps = __nccwpck_require__(6715);
var utilFlowIndentCheck = __nccwpck_require__(7319);

function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
    const NodeClass = tag?.nodeClass ?? YAMLSeq.YAMLSeq;
    const seq = new NodeClass(ctx.schema);
    if (ctx.atRoot)
        ctx.atRoot = false;
    if (ctx.atKey)
        ctx.atKey = false;
    let offset = bs.offset;
    let commentEnd = null;
    for (const { start, value } of bs.items) {
        const props = resolveProps.resolveProps(start, {
            indicator: 'seq-item-ind',
            next: value,
            offset,
            onError,
            parentIndent: bs.indent,
            startOnNewline: true
        });
        if (!props.found) {
            if (props.anchor || props.tag || value) {
                if (value?.type === 'block-seq')
                    onError(props.end, 'BAD_INDENT', 'All sequence items must start at the same column');
                else
                    onError(offset, 'MISSING_CHAR', 'Sequence item without - indicator');
            }
            else {
                commentEnd = props.end;
                if (props.comment)
                    seq.comment = props.comment;
                continue;
            }
        }
        const node = value
            ? composeNode(ctx, value, props, onError)
            : composeEmptyNode(ctx, props.end, start, null, props, onError);
        if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
        offset = node.range[2];
        seq.items.push(node);
    }
    seq.range = [bs.offset, offset, commentEnd ?? offset];
    return seq;
}

exports.resolveBlockSeq = resolveBlockSeq;


/***/ }),

/***/ 2368:
/***/ ((__unused_webpack_module, exports) => {



function resolveEnd(end, offset, reqSpace, onError) {
    let comment = '';
    if (end) {
        let hasSpace = false;
        let sep = '';
        for (const token of end) {
            const { source, type } = token;
            switch (type) {
                case 'space':
                    hasSpace = true;
                    break;
                case 'comment': {
                    if (reqSpace && !hasSpace)
                        onError(token, 'MISSING_CHAR', 'Comments must be separated from other tokens by white space characters');
                    const cb = source.substring(1) || ' ';
                    if (!comment)
                        comment = cb;
                    else
                        comment += sep + cb;
                    sep = '';
                    break;
                }
                case 'newline':
                    if (comment)
                        sep += source;
                    hasSpace = true;
                    break;
                default:
                    onError(token, 'UNEXPECTED_TOKEN', `Unexpected ${type} at node end`);
            }
            offset += source.length;
        }
    }
    return { comment, offset };
}

exports.resolveEnd = resolveEnd;


/***/ }),

/***/ 562:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var Pair = __nccwpck_require__(5153);
var YAMLMap = __nccwpck_require__(2938);
var YAMLSeq = __nccwpck_require__(3571);
var resolveEnd = __nccwpck_require__(2368);
var resolveProps = __nccwpck_require__(6715);
var utilContainsNewline = __nccwpck_require__(3151);
var utilMapIncludes = __nccwpck_require__(8279);

const blockMsg = 'Block collections are not allowed within flow collections';
const isBlock = (token) => token && (token.type === 'block-map' || token.type === 'block-seq');
function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
    const isMap = fc.start.source === '{';
    const fcName = isMap ? 'flow map' : 'flow sequence';
    const NodeClass = (tag?.nodeClass ?? (isMap ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq));
    const coll = new NodeClass(ctx.schema);
    coll.flow = true;
    const atRoot = ctx.atRoot;
    if (atRoot)
        ctx.atRoot = false;
    if (ctx.atKey)
        ctx.atKey = false;
    let offset = fc.offset + fc.start.source.length;
    for (let i = 0; i < fc.items.length; ++i) {
        const collItem = fc.items[i];
        const { start, key, sep, value } = collItem;
        const props = resolveProps.resolveProps(start, {
            flow: fcName,
            indicator: 'explicit-key-ind',
            next: key ?? sep?.[0],
            offset,
            onError,
            parentIndent: fc.indent,
            startOnNewline: false
        });
        if (!props.found) {
            if (!props.anchor && !props.tag && !sep && !value) {
                if (i === 0 && props.comma)
                    onError(props.comma, 'UNEXPECTED_TOKEN', `Unexpected , in ${fcName}`);
                else if (i < fc.items.length - 1)
                    onError(props.start, 'UNEXPECTED_TOKEN', `Unexpected empty item in ${fcName}`);
                if (props.comment) {
                    if (coll.comment)
                        coll.comment += '\n' + props.comment;
                    else
                        coll.comment = props.comment;
                }
                offset = props.end;
                continue;
            }
            if (!isMap && ctx.options.strict && utilContainsNewline.containsNewline(key))
                onError(key, // checked by containsNewline()
                'MULTILINE_IMPLICIT_KEY', 'Implicit keys of flow sequence pairs need to be on a single line');
        }
        if (i === 0) {
            if (props.comma)
                onError(props.comma, 'UNEXPECTED_TOKEN', `Unexpected , in ${fcName}`);
        }
        else {
            if (!props.comma)
                onError(props.start, 'MISSING_CHAR', `Missing , between ${fcName} items`);
            if (props.comment) {
                let prevItemComment = '';
                loop: for (const st of start) {
                    switch (st.type) {
                        case 'comma':
                        case 'space':
                            break;
                        case 'comment':
                            prevItemComment = st.source.substring(1);
                            break loop;
                        default:
                            break loop;
                    }
                }
                if (prevItemComment) {
                    let prev = coll.items[coll.items.length - 1];
                    if (identity.isPair(prev))
                        prev = prev.value ?? prev.key;
                    if (prev.comment)
                        prev.comment += '\n' + prevItemComment;
                    else
                        prev.comment = prevItemComment;
                    props.comment = props.comment.substring(prevItemComment.length + 1);
                }
            }
        }
        if (!isMap && !sep && !props.found) {
            // item is a value in a seq
            // → key & sep are empty, start does not include ? or :
            const valueNode = value
                ? composeNode(ctx, value, props, onError)
                : composeEmptyNode(ctx, props.end, sep, null, props, onError);
            coll.items.push(valueNode);
            offset = valueNode.range[2];
            if (isBlock(value))
                onError(valueNode.range, 'BLOCK_IN_FLOW', blockMsg);
        }
        else {
            // item is a key+value pair
            // key value
            ctx.atKey = true;
            const keyStart = props.end;
            const keyNode = key
                ? composeNode(ctx, key, props, onError)
                : composeEmptyNode(ctx, keyStart, start, null, props, onError);
            if (isBlock(key))
                onError(keyNode.range, 'BLOCK_IN_FLOW', blockMsg);
            ctx.atKey = false;
            // value properties
            const valueProps = resolveProps.resolveProps(sep ?? [], {
                flow: fcName,
                indicator: 'map-value-ind',
                next: value,
                offset: keyNode.range[2],
                onError,
                parentIndent: fc.indent,
                startOnNewline: false
            });
            if (valueProps.found) {
                if (!isMap && !props.found && ctx.options.strict) {
                    if (sep)
                        for (const st of sep) {
                            if (st === valueProps.found)
                                break;
                            if (st.type === 'newline') {
                                onError(st, 'MULTILINE_IMPLICIT_KEY', 'Implicit keys of flow sequence pairs need to be on a single line');
                                break;
                            }
                        }
                    if (props.start < valueProps.found.offset - 1024)
                        onError(valueProps.found, 'KEY_OVER_1024_CHARS', 'The : indicator must be at most 1024 chars after the start of an implicit flow sequence key');
                }
            }
            else if (value) {
                if ('source' in value && value.source?.[0] === ':')
                    onError(value, 'MISSING_CHAR', `Missing space after : in ${fcName}`);
                else
                    onError(valueProps.start, 'MISSING_CHAR', `Missing , or : between ${fcName} items`);
            }
            // value value
            const valueNode = value
                ? composeNode(ctx, value, valueProps, onError)
                : valueProps.found
                    ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError)
                    : null;
            if (valueNode) {
                if (isBlock(value))
                    onError(valueNode.range, 'BLOCK_IN_FLOW', blockMsg);
            }
            else if (valueProps.comment) {
                if (keyNode.comment)
                    keyNode.comment += '\n' + valueProps.comment;
                else
                    keyNode.comment = valueProps.comment;
            }
            const pair = new Pair.Pair(keyNode, valueNode);
            if (ctx.options.keepSourceTokens)
                pair.srcToken = collItem;
            if (isMap) {
                const map = coll;
                if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
                    onError(keyStart, 'DUPLICATE_KEY', 'Map keys must be unique');
                map.items.push(pair);
            }
            else {
                const map = new YAMLMap.YAMLMap(ctx.schema);
                map.flow = true;
                map.items.push(pair);
                const endRange = (valueNode ?? keyNode).range;
                map.range = [keyNode.range[0], endRange[1], endRange[2]];
                coll.items.push(map);
            }
            offset = valueNode ? valueNode.range[2] : valueProps.end;
        }
    }
    const expectedEnd = isMap ? '}' : ']';
    const [ce, ...ee] = fc.end;
    let cePos = offset;
    if (ce?.source === expectedEnd)
        cePos = ce.offset + ce.source.length;
    else {
        const name = fcName[0].toUpperCase() + fcName.substring(1);
        const msg = atRoot
            ? `${name} must end with a ${expectedEnd}`
            : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
        onError(offset, atRoot ? 'MISSING_CHAR' : 'BAD_INDENT', msg);
        if (ce && ce.source.length !== 1)
            ee.unshift(ce);
    }
    if (ee.length > 0) {
        const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
        if (end.comment) {
            if (coll.comment)
                coll.comment += '\n' + end.comment;
            else
                coll.comment = end.comment;
        }
        coll.range = [fc.offset, cePos, end.offset];
    }
    else {
        coll.range = [fc.offset, cePos, cePos];
    }
    return coll;
}

exports.resolveFlowCollection = resolveFlowCollection;


/***/ }),

/***/ 7686:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(4305);
var resolveEnd = __nccwpck_require__(2368);

function resolveFlowScalar(scalar, strict, onError) {
    const { offset, type, source, end } = scalar;
    let _type;
    let value;
    const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
    switch (type) {
        case 'scalar':
            _type = Scalar.Scalar.PLAIN;
            value = plainValue(source, _onError);
            break;
        case 'single-quoted-scalar':
            _type = Scalar.Scalar.QUOTE_SINGLE;
            value = singleQuotedValue(source, _onError);
            break;
        case 'double-quoted-scalar':
            _type = Scalar.Scalar.QUOTE_DOUBLE;
            value = doubleQuotedValue(source, _onError);
            break;
        /* istanbul ignore next should not happen */
        default:
            onError(scalar, 'UNEXPECTED_TOKEN', `Expected a flow scalar value, but found: ${type}`);
            return {
                value: '',
                type: null,
                comment: '',
                range: [offset, offset + source.length, offset + source.length]
            };
    }
    const valueEnd = offset + source.length;
    const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
    return {
        value,
        type: _type,
        comment: re.comment,
        range: [offset, valueEnd, re.offset]
    };
}
function plainValue(source, onError) {
    let badChar = '';
    switch (source[0]) {
        /* istanbul ignore next should not happen */
        case '\t':
            badChar = 'a tab character';
            break;
        case ',':
            badChar = 'flow indicator character ,';
            break;
        case '%':
            badChar = 'directive indicator character %';
            break;
        case '|':
        case '>': {
            badChar = `block scalar indicator ${source[0]}`;
            break;
        }
        case '@':
        case '`': {
            badChar = `reserved character ${source[0]}`;
            break;
        }
    }
    if (badChar)
        onError(0, 'BAD_SCALAR_START', `Plain value cannot start with ${badChar}`);
    return unfoldLines(source);
}
function singleQuotedValue(source, onError) {
    if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, 'MISSING_CHAR', "Missing closing 'quote");
    return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
}
function unfoldLines(source) {
    const line = /(.*?)\r?\n/sy;
    let match = line.exec(source);
    if (!match)
        return source;
    /**
     * The negative lookbehinds in these RegExps are to
     * prevent causing a polynomial search time in certain cases.
     *
     * The try-catch is for Safari < 16.4 and other old browsers:
     * https://caniuse.com/js-regexp-lookbehind
     */
    let trimEnd, trimBoth;
    try {
        trimEnd = new RegExp('(?<![ \t])[ \t]+$');
        trimBoth = new RegExp('^[ \t]+|(?<![ \t])[ \t]+$', 'g');
    }
    catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
    }
    let res = match[1].replace(trimEnd, '');
    let sep = ' ';
    let pos = line.lastIndex;
    while ((match = line.exec(source))) {
        const lm = match[1].replace(trimBoth, '');
        if (lm === '') {
            if (sep === '\n')
                res += sep;
            else
                sep = '\n';
        }
        else {
            res += sep + lm;
            sep = ' ';
        }
        pos = line.lastIndex;
    }
    const last = /[ \t]*(.*)/sy;
    last.lastIndex = pos;
    match = last.exec(source);
    return res + sep + (match?.[1] ?? '');
}
function doubleQuotedValue(source, onError) {
    let res = '';
    for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === '\r' && source[i + 1] === '\n')
            continue;
        if (ch === '\n') {
            const { fold, offset } = foldNewline(source, i);
            res += fold;
            i = offset;
        }
        else if (ch === '\\') {
            let next = source[++i];
            const cc = escapeCodes[next];
            if (cc)
                res += cc;
            else if (next === '\n') {
                // skip escaped newlines, but still trim the following line
                next = source[i + 1];
                while (next === ' ' || next === '\t')
                    next = source[++i + 1];
            }
            else if (next === '\r' && source[i + 1] === '\n') {
                // skip escaped CRLF newlines, but still trim the following line
                next = source[++i + 1];
                while (next === ' ' || next === '\t')
                    next = source[++i + 1];
            }
            else if (next === 'x' || next === 'u' || next === 'U') {
                const length = next === 'x' ? 2 : next === 'u' ? 4 : 8;
                res += parseCharCode(source, i + 1, length, onError);
                i += length;
            }
            else {
                const raw = source.substr(i - 1, 2);
                onError(i - 1, 'BAD_DQ_ESCAPE', `Invalid escape sequence ${raw}`);
                res += raw;
            }
        }
        else if (ch === ' ' || ch === '\t') {
            // trim trailing whitespace
            const wsStart = i;
            let next = source[i + 1];
            while (next === ' ' || next === '\t')
                next = source[++i + 1];
            if (next !== '\n' && !(next === '\r' && source[i + 2] === '\n'))
                res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        }
        else {
            res += ch;
        }
    }
    if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, 'MISSING_CHAR', 'Missing closing "quote');
    return res;
}
/**
 * Fold a single newline into a space, multiple newlines to N - 1 newlines.
 * Presumes `source[offset] === '\n'`
 */
function foldNewline(source, offset) {
    let fold = '';
    let ch = source[offset + 1];
    while (ch === ' ' || ch === '\t' || ch === '\n' || ch === '\r') {
        if (ch === '\r' && source[offset + 2] !== '\n')
            break;
        if (ch === '\n')
            fold += '\n';
        offset += 1;
        ch = source[offset + 1];
    }
    if (!fold)
        fold = ' ';
    return { fold, offset };
}
const escapeCodes = {
    '0': '\0', // null character
    a: '\x07', // bell character
    b: '\b', // backspace
    e: '\x1b', // escape character
    f: '\f', // form feed
    n: '\n', // line feed
    r: '\r', // carriage return
    t: '\t', // horizontal tab
    v: '\v', // vertical tab
    N: '\u0085', // Unicode next line
    _: '\u00a0', // Unicode non-breaking space
    L: '\u2028', // Unicode line separator
    P: '\u2029', // Unicode paragraph separator
    ' ': ' ',
    '"': '"',
    '/': '/',
    '\\': '\\',
    '\t': '\t'
};
function parseCharCode(source, offset, length, onError) {
    const cc = source.substr(offset, length);
    const ok = cc.length === length && /^[0-9a-fA-F]+$/.test(cc);
    const code = ok ? parseInt(cc, 16) : NaN;
    try {
        return String.fromCodePoint(code);
    }
    catch {
        const raw = source.substr(offset - 2, length + 2);
        onError(offset - 2, 'BAD_DQ_ESCAPE', `Invalid escape sequence ${raw}`);
        return raw;
    }
}

exports.resolveFlowScalar = resolveFlowScalar;


/***/ }),

/***/ 6715:
/***/ ((__unused_webpack_module, exports) => {



function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
    let spaceBefore = false;
    let atNewline = startOnNewline;
    let hasSpace = startOnNewline;
    let comment = '';
    let commentSep = '';
    let hasNewline = false;
    let reqSpace = false;
    let tab = null;
    let anchor = null;
    let tag = null;
    let newlineAfterProp = null;
    let comma = null;
    let found = null;
    let start = null;
    for (const token of tokens) {
        if (reqSpace) {
            if (token.type !== 'space' &&
                token.type !== 'newline' &&
                token.type !== 'comma')
                onError(token.offset, 'MISSING_CHAR', 'Tags and anchors must be separated from the next token by white space');
            reqSpace = false;
        }
        if (tab) {
            if (atNewline && token.type !== 'comment' && token.type !== 'newline') {
                onError(tab, 'TAB_AS_INDENT', 'Tabs are not allowed as indentation');
            }
            tab = null;
        }
        switch (token.type) {
            case 'space':
                // At the doc level, tabs at line start may be parsed
                // as leading white space rather than indentation.
                // In a flow collection, only the parser handles indent.
                if (!flow &&
                    (indicator !== 'doc-start' || next?.type !== 'flow-collection') &&
                    token.source.includes('\t')) {
                    tab = token;
                }
                hasSpace = true;
                break;
            case 'comment': {
                if (!hasSpace)
                    onError(token, 'MISSING_CHAR', 'Comments must be separated from other tokens by white space characters');
                const cb = token.source.substring(1) || ' ';
                if (!comment)
                    comment = cb;
                else
                    comment += commentSep + cb;
                commentSep = '';
                atNewline = false;
                break;
            }
            case 'newline':
                if (atNewline) {
                    if (comment)
                        comment += token.source;
                    else if (!found || indicator !== 'seq-item-ind')
                        spaceBefore = true;
                }
                else
                    commentSep += token.source;
                atNewline = true;
                hasNewline = true;
                if (anchor || tag)
                    newlineAfterProp = token;
                hasSpace = true;
                break;
            case 'anchor':
                if (anchor)
                    onError(token, 'MULTIPLE_ANCHORS', 'A node can have at most one anchor');
                if (token.source.endsWith(':'))
                    onError(token.offset + token.source.length - 1, 'BAD_ALIAS', 'Anchor ending in : is ambiguous', true);
                anchor = token;
                start ?? (start = token.offset);
                atNewline = false;
                hasSpace = false;
                reqSpace = true;
                break;
            case 'tag': {
                if (tag)
                    onError(token, 'MULTIPLE_TAGS', 'A node can have at most one tag');
                tag = token;
                start ?? (start = token.offset);
                atNewline = false;
                hasSpace = false;
                reqSpace = true;
                break;
            }
            case indicator:
                // Could here handle preceding comments differently
                if (anchor || tag)
                    onError(token, 'BAD_PROP_ORDER', `Anchors and tags must be after the ${token.source} indicator`);
                if (found)
                    onError(token, 'UNEXPECTED_TOKEN', `Unexpected ${token.source} in ${flow ?? 'collection'}`);
                found = token;
                atNewline =
                    indicator === 'seq-item-ind' || indicator === 'explicit-key-ind';
                hasSpace = false;
                break;
            case 'comma':
                if (flow) {
                    if (comma)
                        onError(token, 'UNEXPECTED_TOKEN', `Unexpected , in ${flow}`);
                    comma = token;
                    atNewline = false;
                    hasSpace = false;
                    break;
                }
            // else fallthrough
            default:
                onError(token, 'UNEXPECTED_TOKEN', `Unexpected ${token.type} token`);
                atNewline = false;
                hasSpace = false;
        }
    }
    const last = tokens[tokens.length - 1];
    const end = last ? last.offset + last.source.length : offset;
    if (reqSpace &&
        next &&
        next.type !== 'space' &&
        next.type !== 'newline' &&
        next.type !== 'comma' &&
        (next.type !== 'scalar' || next.source !== '')) {
        onError(next.offset, 'MISSING_CHAR', 'Tags and anchors must be separated from the next token by white space');
    }
    if (tab &&
        ((atNewline && tab.indent <= parentIndent) ||
            next?.type === 'block-map' ||
            next?.type === 'block-seq'))
        onError(tab, 'TAB_AS_INDENT', 'Tabs are not allowed as indentation');
    return {
        comma,
        found,
        spaceBefore,
        comment,
        hasNewline,
        anchor,
        tag,
        newlineAfterProp,
        end,
        start: start ?? end
    };
}

exports.resolveProps = resolveProps;


/***/ }),

/***/ 3151:
/***/ ((__unused_webpack_module, exports) => {



function containsNewline(key) {
    if (!key)
        return null;
    switch (key.type) {
        case 'alias':
        case 'scalar':
        case 'double-quoted-scalar':
        case 'single-quoted-scalar':
            if (key.source.includes('\n'))
                return true;
            if (key.end)
                for (const st of key.end)
                    if (st.type === 'newline')
                        return true;
            return false;
        case 'flow-collection':
            for (const it of key.items) {
                for (const st of it.start)
                    if (st.type === 'newline')
                        return true;
                if (it.sep)
                    for (const st of it.sep)
                        if (st.type === 'newline')
                            return true;
                if (containsNewline(it.key) || containsNewline(it.value))
                    return true;
            }
            return false;
        default:
            return true;
    }
}

exports.containsNewline = containsNewline;


/***/ }),

/***/ 6827:
/***/ ((__unused_webpack_module, exports) => {



function emptyScalarPosition(offset, before, pos) {
    if (before) {
        pos ?? (pos = before.length);
        for (let i = pos - 1; i >= 0; --i) {
            let st = before[i];
            switch (st.type) {
                case 'space':
                case 'comment':
                case 'newline':
                    offset -= st.source.length;
                    continue;
            }
            // Technically, an empty scalar is immediately after the last non-empty
            // node, but it's more useful to place it after any whitespace.
            st = before[++i];
            while (st?.type === 'space') {
                offset += st.source.length;
                st = before[++i];
            }
            break;
        }
    }
    return offset;
}

exports.emptyScalarPosition = emptyScalarPosition;


/***/ }),

/***/ 7319:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var utilContainsNewline = __nccwpck_require__(3151);

function flowIndentCheck(indent, fc, onError) {
    if (fc?.type === 'flow-collection') {
        const end = fc.end[0];
        if (end.indent === indent &&
            (end.source === ']' || end.source === '}') &&
            utilContainsNewline.containsNewline(fc)) {
            const msg = 'Flow end indicator should be more indented than parent';
            onError(end, 'BAD_INDENT', msg, true);
        }
    }
}

exports.flowIndentCheck = flowIndentCheck;


/***/ }),

/***/ 8279:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);

function mapIncludes(ctx, items, search) {
    const { uniqueKeys } = ctx.options;
    if (uniqueKeys === false)
        return false;
    const isEqual = typeof uniqueKeys === 'function'
        ? uniqueKeys
        : (a, b) => a === b || (identity.isScalar(a) && identity.isScalar(b) && a.value === b.value);
    return items.some(pair => isEqual(pair.key, search));
}

exports.mapIncludes = mapIncludes;


/***/ }),

/***/ 7977:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Alias = __nccwpck_require__(5525);
var Collection = __nccwpck_require__(1633);
var identity = __nccwpck_require__(1891);
var Pair = __nccwpck_require__(5153);
var toJS = __nccwpck_require__(3119);
var Schema = __nccwpck_require__(1148);
var stringifyDocument = __nccwpck_require__(8577);
var anchors = __nccwpck_require__(7048);
var applyReviver = __nccwpck_require__(7817);
var createNode = __nccwpck_require__(7616);
var directives = __nccwpck_require__(9082);

class Document {
    constructor(value, replacer, options) {
        /** A comment before this Document */
        this.commentBefore = null;
        /** A comment immediately after this Document */
        this.comment = null;
        /** Errors encountered during parsing. */
        this.errors = [];
        /** Warnings encountered during parsing. */
        this.warnings = [];
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
        let _replacer = null;
        if (typeof replacer === 'function' || Array.isArray(replacer)) {
            _replacer = replacer;
        }
        else if (options === undefined && replacer) {
            options = replacer;
            replacer = undefined;
        }
        const opt = Object.assign({
            intAsBigInt: false,
            keepSourceTokens: false,
            logLevel: 'warn',
            prettyErrors: true,
            strict: true,
            stringKeys: false,
            uniqueKeys: true,
            version: '1.2'
        }, options);
        this.options = opt;
        let { version } = opt;
        if (options?._directives) {
            this.directives = options._directives.atDocument();
            if (this.directives.yaml.explicit)
                version = this.directives.yaml.version;
        }
        else
            this.directives = new directives.Directives({ version });
        this.setSchema(version, options);
        // @ts-expect-error We can't really know that this matches Contents.
        this.contents =
            value === undefined ? null : this.createNode(value, _replacer, options);
    }
    /**
     * Create a deep copy of this Document and its contents.
     *
     * Custom Node values that inherit from `Object` still refer to their original instances.
     */
    clone() {
        const copy = Object.create(Document.prototype, {
            [identity.NODE_TYPE]: { value: identity.DOC }
        });
        copy.commentBefore = this.commentBefore;
        copy.comment = this.comment;
        copy.errors = this.errors.slice();
        copy.warnings = this.warnings.slice();
        copy.options = Object.assign({}, this.options);
        if (this.directives)
            copy.directives = this.directives.clone();
        copy.schema = this.schema.clone();
        // @ts-expect-error We can't really know that this matches Contents.
        copy.contents = identity.isNode(this.contents)
            ? this.contents.clone(copy.schema)
            : this.contents;
        if (this.range)
            copy.range = this.range.slice();
        return copy;
    }
    /** Adds a value to the document. */
    add(value) {
        if (assertCollection(this.contents))
            this.contents.add(value);
    }
    /** Adds a value to the document. */
    addIn(path, value) {
        if (assertCollection(this.contents))
            this.contents.addIn(path, value);
    }
    /**
     * Create a new `Alias` node, ensuring that the target `node` has the required anchor.
     *
     * If `node` already has an anchor, `name` is ignored.
     * Otherwise, the `node.anchor` value will be set to `name`,
     * or if an anchor with that name is already present in the document,
     * `name` will be used as a prefix for a new unique anchor.
     * If `name` is undefined, the generated anchor will use 'a' as a prefix.
     */
    createAlias(node, name) {
        if (!node.anchor) {
            const prev = anchors.anchorNames(this);
            node.anchor =
                // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
                !name || prev.has(name) ? anchors.findNewAnchor(name || 'a', prev) : name;
        }
        return new Alias.Alias(node.anchor);
    }
    createNode(value, replacer, options) {
        let _replacer = undefined;
        if (typeof replacer === 'function') {
            value = replacer.call({ '': value }, '', value);
            _replacer = replacer;
        }
        else if (Array.isArray(replacer)) {
            const keyToStr = (v) => typeof v === 'number' || v instanceof String || v instanceof Number;
            const asStr = replacer.filter(keyToStr).map(String);
            if (asStr.length > 0)
                replacer = replacer.concat(asStr);
            _replacer = replacer;
        }
        else if (options === undefined && replacer) {
            options = replacer;
            replacer = undefined;
        }
        const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
        const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(this, 
        // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
        anchorPrefix || 'a');
        const ctx = {
            aliasDuplicateObjects: aliasDuplicateObjects ?? true,
            keepUndefined: keepUndefined ?? false,
            onAnchor,
            onTagObj,
            replacer: _replacer,
            schema: this.schema,
            sourceObjects
        };
        const node = createNode.createNode(value, tag, ctx);
        if (flow && identity.isCollection(node))
            node.flow = true;
        setAnchors();
        return node;
    }
    /**
     * Convert a key and a value into a `Pair` using the current schema,
     * recursively wrapping all values as `Scalar` or `Collection` nodes.
     */
    createPair(key, value, options = {}) {
        const k = this.createNode(key, null, options);
        const v = this.createNode(value, null, options);
        return new Pair.Pair(k, v);
    }
    /**
     * Removes a value from the document.
     * @returns `true` if the item was found and removed.
     */
    delete(key) {
        return assertCollection(this.contents) ? this.contents.delete(key) : false;
    }
    /**
     * Removes a value from the document.
     * @returns `true` if the item was found and removed.
     */
    deleteIn(path) {
        if (Collection.isEmptyPath(path)) {
            if (this.contents == null)
                return false;
            // @ts-expect-error Presumed impossible if Strict extends false
            this.contents = null;
            return true;
        }
        return assertCollection(this.contents)
            ? this.contents.deleteIn(path)
            : false;
    }
    /**
     * Returns item at `key`, or `undefined` if not found. By default unwraps
     * scalar values from their surrounding node; to disable set `keepScalar` to
     * `true` (collections are always returned intact).
     */
    get(key, keepScalar) {
        return identity.isCollection(this.contents)
            ? this.contents.get(key, keepScalar)
            : undefined;
    }
    /**
     * Returns item at `path`, or `undefined` if not found. By default unwraps
     * scalar values from their surrounding node; to disable set `keepScalar` to
     * `true` (collections are always returned intact).
     */
    getIn(path, keepScalar) {
        if (Collection.isEmptyPath(path))
            return !keepScalar && identity.isScalar(this.contents)
                ? this.contents.value
                : this.contents;
        return identity.isCollection(this.contents)
            ? this.contents.getIn(path, keepScalar)
            : undefined;
    }
    /**
     * Checks if the document includes a value with the key `key`.
     */
    has(key) {
        return identity.isCollection(this.contents) ? this.contents.has(key) : false;
    }
    /**
     * Checks if the document includes a value at `path`.
     */
    hasIn(path) {
        if (Collection.isEmptyPath(path))
            return this.contents !== undefined;
        return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
    }
    /**
     * Sets a value in this document. For `!!set`, `value` needs to be a
     * boolean to add/remove the item from the set.
     */
    set(key, value) {
        if (this.contents == null) {
            // @ts-expect-error We can't really know that this matches Contents.
            this.contents = Collection.collectionFromPath(this.schema, [key], value);
        }
        else if (assertCollection(this.contents)) {
            this.contents.set(key, value);
        }
    }
    /**
     * Sets a value in this document. For `!!set`, `value` needs to be a
     * boolean to add/remove the item from the set.
     */
    setIn(path, value) {
        if (Collection.isEmptyPath(path)) {
            // @ts-expect-error We can't really know that this matches Contents.
            this.contents = value;
        }
        else if (this.contents == null) {
            // @ts-expect-error We can't really know that this matches Contents.
            this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
        }
        else if (assertCollection(this.contents)) {
            this.contents.setIn(path, value);
        }
    }
    /**
     * Change the YAML version and schema used by the document.
     * A `null` version disables support for directives, explicit tags, anchors, and aliases.
     * It also requires the `schema` option to be given as a `Schema` instance value.
     *
     * Overrides all previously set schema options.
     */
    setSchema(version, options = {}) {
        if (typeof version === 'number')
            version = String(version);
        let opt;
        switch (version) {
            case '1.1':
                if (this.directives)
                    this.directives.yaml.version = '1.1';
                else
                    this.directives = new directives.Directives({ version: '1.1' });
                opt = { resolveKnownTags: false, schema: 'yaml-1.1' };
                break;
            case '1.2':
            case 'next':
                if (this.directives)
                    this.directives.yaml.version = version;
                else
                    this.directives = new directives.Directives({ version });
                opt = { resolveKnownTags: true, schema: 'core' };
                break;
            case null:
                if (this.directives)
                    delete this.directives;
                opt = null;
                break;
            default: {
                const sv = JSON.stringify(version);
                throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
            }
        }
        // Not using `instanceof Schema` to allow for duck typing
        if (options.schema instanceof Object)
            this.schema = options.schema;
        else if (opt)
            this.schema = new Schema.Schema(Object.assign(opt, options));
        else
            throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
    }
    // json & jsonArg are only used from toJSON()
    toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        const ctx = {
            anchors: new Map(),
            doc: this,
            keep: !json,
            mapAsMap: mapAsMap === true,
            mapKeyWarned: false,
            maxAliasCount: typeof maxAliasCount === 'number' ? maxAliasCount : 100
        };
        const res = toJS.toJS(this.contents, jsonArg ?? '', ctx);
        if (typeof onAnchor === 'function')
            for (const { count, res } of ctx.anchors.values())
                onAnchor(res, count);
        return typeof reviver === 'function'
            ? applyReviver.applyReviver(reviver, { '': res }, '', res)
            : res;
    }
    /**
     * A JSON representation of the document `contents`.
     *
     * @param jsonArg Used by `JSON.stringify` to indicate the array index or
     *   property name.
     */
    toJSON(jsonArg, onAnchor) {
        return this.toJS({ json: true, jsonArg, mapAsMap: false, onAnchor });
    }
    /** A YAML representation of the document. */
    toString(options = {}) {
        if (this.errors.length > 0)
            throw new Error('Document with errors cannot be stringified');
        if ('indent' in options &&
            (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
            const s = JSON.stringify(options.indent);
            throw new Error(`"indent" option must be a positive integer, not ${s}`);
        }
        return stringifyDocument.stringifyDocument(this, options);
    }
}
function assertCollection(contents) {
    if (identity.isCollection(contents))
        return true;
    throw new Error('Expected a YAML collection as document contents');
}

exports.Document = Document;


/***/ }),

/***/ 7048:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var visit = __nccwpck_require__(1360);

/**
 * Verify that the input string is a valid anchor.
 *
 * Will throw on errors.
 */
function anchorIsValid(anchor) {
    if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
        const sa = JSON.stringify(anchor);
        const msg = `Anchor must not contain whitespace or control characters: ${sa}`;
        throw new Error(msg);
    }
    return true;
}
function anchorNames(root) {
    const anchors = new Set();
    visit.visit(root, {
        Value(_key, node) {
            if (node.anchor)
                anchors.add(node.anchor);
        }
    });
    return anchors;
}
/** Find a new anchor name with the given `prefix` and a one-indexed suffix. */
function findNewAnchor(prefix, exclude) {
    for (let i = 1; true; ++i) {
        const name = `${prefix}${i}`;
        if (!exclude.has(name))
            return name;
    }
}
function createNodeAnchors(doc, prefix) {
    const aliasObjects = [];
    const sourceObjects = new Map();
    let prevAnchors = null;
    return {
        onAnchor: (source) => {
            aliasObjects.push(source);
            prevAnchors ?? (prevAnchors = anchorNames(doc));
            const anchor = findNewAnchor(prefix, prevAnchors);
            prevAnchors.add(anchor);
            return anchor;
        },
        /**
         * With circular references, the source node is only resolved after all
         * of its child nodes are. This is why anchors are set only after all of
         * the nodes have been created.
         */
        setAnchors: () => {
            for (const source of aliasObjects) {
                const ref = sourceObjects.get(source);
                if (typeof ref === 'object' &&
                    ref.anchor &&
                    (identity.isScalar(ref.node) || identity.isCollection(ref.node))) {
                    ref.node.anchor = ref.anchor;
                }
                else {
                    const error = new Error('Failed to resolve repeated object (this should not happen)');
                    error.source = source;
                    throw error;
                }
            }
        },
        sourceObjects
    };
}

exports.anchorIsValid = anchorIsValid;
exports.anchorNames = anchorNames;
exports.createNodeAnchors = createNodeAnchors;
exports.findNewAnchor = findNewAnchor;


/***/ }),

/***/ 7817:
/***/ ((__unused_webpack_module, exports) => {



/**
 * Applies the JSON.parse reviver algorithm as defined in the ECMA-262 spec,
 * in section 24.5.1.1 "Runtime Semantics: InternalizeJSONProperty" of the
 * 2021 edition: https://tc39.es/ecma262/#sec-json.parse
 *
 * Includes extensions for handling Map and Set objects.
 */
function applyReviver(reviver, obj, key, val) {
    if (val && typeof val === 'object') {
        if (Array.isArray(val)) {
            for (let i = 0, len = val.length; i < len; ++i) {
                const v0 = val[i];
                const v1 = applyReviver(reviver, val, String(i), v0);
                // eslint-disable-next-line @typescript-eslint/no-array-delete
                if (v1 === undefined)
                    delete val[i];
                else if (v1 !== v0)
                    val[i] = v1;
            }
        }
        else if (val instanceof Map) {
            for (const k of Array.from(val.keys())) {
                const v0 = val.get(k);
                const v1 = applyReviver(reviver, val, k, v0);
                if (v1 === undefined)
                    val.delete(k);
                else if (v1 !== v0)
                    val.set(k, v1);
            }
        }
        else if (val instanceof Set) {
            for (const v0 of Array.from(val)) {
                const v1 = applyReviver(reviver, val, v0, v0);
                if (v1 === undefined)
                    val.delete(v0);
                else if (v1 !== v0) {
                    val.delete(v0);
                    val.add(v1);
                }
            }
        }
        else {
            for (const [k, v0] of Object.entries(val)) {
                const v1 = applyReviver(reviver, val, k, v0);
                if (v1 === undefined)
                    delete val[k];
                else if (v1 !== v0)
                    val[k] = v1;
            }
        }
    }
    return reviver.call(obj, key, val);
}

exports.applyReviver = applyReviver;


/***/ }),

/***/ 7616:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Alias = __nccwpck_require__(5525);
var identity = __nccwpck_require__(1891);
var Scalar = __nccwpck_require__(4305);

const defaultTagPrefix = 'tag:yaml.org,2002:';
function findTagObject(value, tagName, tags) {
    if (tagName) {
        const match = tags.filter(t => t.tag === tagName);
        const tagObj = match.find(t => !t.format) ?? match[0];
        if (!tagObj)
            throw new Error(`Tag ${tagName} not found`);
        return tagObj;
    }
    return tags.find(t => t.identify?.(value) && !t.format);
}
function createNode(value, tagName, ctx) {
    if (identity.isDocument(value))
        value = value.contents;
    if (identity.isNode(value))
        return value;
    if (identity.isPair(value)) {
        const map = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
        map.items.push(value);
        return map;
    }
    if (value instanceof String ||
        value instanceof Number ||
        value instanceof Boolean ||
        (typeof BigInt !== 'undefined' && value instanceof BigInt) // not supported everywhere
    ) {
        // https://tc39.es/ecma262/#sec-serializejsonproperty
        value = value.valueOf();
    }
    const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
    // Detect duplicate references to the same object & use Alias nodes for all
    // after first. The `ref` wrapper allows for circular references to resolve.
    let ref = undefined;
    if (aliasDuplicateObjects && value && typeof value === 'object') {
        ref = sourceObjects.get(value);
        if (ref) {
            ref.anchor ?? (ref.anchor = onAnchor(value));
            return new Alias.Alias(ref.anchor);
        }
        else {
            ref = { anchor: null, node: null };
            sourceObjects.set(value, ref);
        }
    }
    if (tagName?.startsWith('!!'))
        tagName = defaultTagPrefix + tagName.slice(2);
    let tagObj = findTagObject(value, tagName, schema.tags);
    if (!tagObj) {
        if (value && typeof value.toJSON === 'function') {
            // eslint-disable-next-line @typescript-eslint/no-unsafe-call
            value = value.toJSON();
        }
        if (!value || typeof value !== 'object') {
            const node = new Scalar.Scalar(value);
            if (ref)
                ref.node = node;
            return node;
        }
        tagObj =
            value instanceof Map
                ? schema[identity.MAP]
                : Symbol.iterator in Object(value)
                    ? schema[identity.SEQ]
                    : schema[identity.MAP];
    }
    if (onTagObj) {
        onTagObj(tagObj);
        delete ctx.onTagObj;
    }
    const node = tagObj?.createNode
        ? tagObj.createNode(ctx.schema, value, ctx)
        : typeof tagObj?.nodeClass?.from === 'function'
            ? tagObj.nodeClass.from(ctx.schema, value, ctx)
            : new Scalar.Scalar(value);
    if (tagName)
        node.tag = tagName;
    else if (!tagObj.default)
        node.tag = tagObj.tag;
    if (ref)
        ref.node = node;
    return node;
}

exports.createNode = createNode;


/***/ }),

/***/ 9082:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var visit = __nccwpck_require__(1360);

const escapeChars = {
    '!': '%21',
    ',': '%2C',
    '[': '%5B',
    ']': '%5D',
    '{': '%7B',
    '}': '%7D'
};
const escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, ch => escapeChars[ch]);
class Directives {
    constructor(yaml, tags) {
        /**
         * The directives-end/doc-start marker `---`. If `null`, a marker may still be
         * included in the document's stringified representation.
         */
        this.docStart = null;
        /** The doc-end marker `...`.  */
        this.docEnd = false;
        this.yaml = Object.assign({}, Directives.defaultYaml, yaml);
        this.tags = Object.assign({}, Directives.defaultTags, tags);
    }
    clone() {
        const copy = new Directives(this.yaml, this.tags);
        copy.docStart = this.docStart;
        return copy;
    }
    /**
     * During parsing, get a Directives instance for the current document and
     * update the stream state according to the current version's spec.
     */
    atDocument() {
        const res = new Directives(this.yaml, this.tags);
        switch (this.yaml.version) {
            case '1.1':
                this.atNextDocument = true;
                break;
            case '1.2':
                this.atNextDocument = false;
                this.yaml = {
                    explicit: Directives.defaultYaml.explicit,
                    version: '1.2'
                };
                this.tags = Object.assign({}, Directives.defaultTags);
                break;
        }
        return res;
    }
    /**
     * @param onError - May be called even if the action was successful
     * @returns `true` on success
     */
    add(line, onError) {
        if (this.atNextDocument) {
            this.yaml = { explicit: Directives.defaultYaml.explicit, version: '1.1' };
            this.tags = Object.assign({}, Directives.defaultTags);
            this.atNextDocument = false;
        }
        const parts = line.trim().split(/[ \t]+/);
        const name = parts.shift();
        switch (name) {
            case '%TAG': {
                if (parts.length !== 2) {
                    onError(0, '%TAG directive should contain exactly two parts');
                    if (parts.length < 2)
                        return false;
                }
                const [handle, prefix] = parts;
                this.tags[handle] = prefix;
                return true;
            }
            case '%YAML': {
                this.yaml.explicit = true;
                if (parts.length !== 1) {
                    onError(0, '%YAML directive should contain exactly one part');
                    return false;
                }
                const [version] = parts;
                if (version === '1.1' || version === '1.2') {
                    this.yaml.version = version;
                    return true;
                }
                else {
                    const isValid = /^\d+\.\d+$/.test(version);
                    onError(6, `Unsupported YAML version ${version}`, isValid);
                    return false;
                }
            }
            default:
                onError(0, `Unknown directive ${name}`, true);
                return false;
        }
    }
    /**
     * Resolves a tag, matching handles to those defined in %TAG directives.
     *
     * @returns Resolved tag, which may also be the non-specific tag `'!'` or a
     *   `'!local'` tag, or `null` if unresolvable.
     */
    tagName(source, onError) {
        if (source === '!')
            return '!'; // non-specific tag
        if (source[0] !== '!') {
            onError(`Not a valid tag: ${source}`);
            return null;
        }
        if (source[1] === '<') {
            const verbatim = source.slice(2, -1);
            if (verbatim === '!' || verbatim === '!!') {
                onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
                return null;
            }
            if (source[source.length - 1] !== '>')
                onError('Verbatim tags must end with a >');
            return verbatim;
        }
        const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
        if (!suffix)
            onError(`The ${source} tag has no suffix`);
        const prefix = this.tags[handle];
        if (prefix) {
            try {
                return prefix + decodeURIComponent(suffix);
            }
            catch (error) {
                onError(String(error));
                return null;
            }
        }
        if (handle === '!')
            return source; // local tag
        onError(`Could not resolve tag: ${source}`);
        return null;
    }
    /**
     * Given a fully resolved tag, returns its printable string form,
     * taking into account current tag prefixes and defaults.
     */
    tagString(tag) {
        for (const [handle, prefix] of Object.entries(this.tags)) {
            if (tag.startsWith(prefix))
                return handle + escapeTagName(tag.substring(prefix.length));
        }
        return tag[0] === '!' ? tag : `!<${tag}>`;
    }
    toString(doc) {
        const lines = this.yaml.explicit
            ? [`%YAML ${this.yaml.version || '1.2'}`]
            : [];
        const tagEntries = Object.entries(this.tags);
        let tagNames;
        if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
            const tags = {};
            visit.visit(doc.contents, (_key, node) => {
                if (identity.isNode(node) && node.tag)
                    tags[node.tag] = true;
            });
            tagNames = Object.keys(tags);
        }
        else
            tagNames = [];
        for (const [handle, prefix] of tagEntries) {
            if (handle === '!!' && prefix === 'tag:yaml.org,2002:')
                continue;
            if (!doc || tagNames.some(tn => tn.startsWith(prefix)))
                lines.push(`%TAG ${handle} ${prefix}`);
        }
        return lines.join('\n');
    }
}
Directives.defaultYaml = { explicit: false, version: '1.2' };
Directives.defaultTags = { '!!': 'tag:yaml.org,2002:' };

exports.Directives = Directives;


/***/ }),

/***/ 7460:
/***/ ((__unused_webpack_module, exports) => {



class YAMLError extends Error {
    constructor(name, pos, code, message) {
        super();
        this.name = name;
        this.code = code;
        this.message = message;
        this.pos = pos;
    }
}
class YAMLParseError extends YAMLError {
    constructor(pos, code, message) {
        super('YAMLParseError', pos, code, message);
    }
}
class YAMLWarning extends YAMLError {
    constructor(pos, code, message) {
        super('YAMLWarning', pos, code, message);
    }
}
const prettifyError = (src, lc) => (error) => {
    if (error.pos[0] === -1)
        return;
    error.linePos = error.pos.map(pos => lc.linePos(pos));
    const { line, col } = error.linePos[0];
    error.message += ` at line ${line}, column ${col}`;
    let ci = col - 1;
    let lineStr = src
        .substring(lc.lineStarts[line - 1], lc.lineStarts[line])
        .replace(/[\n\r]+$/, '');
    // Trim to max 80 chars, keeping col position near the middle
    if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = '…' + lineStr.substring(trimStart);
        ci -= trimStart - 1;
    }
    if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + '…';
    // Include previous line in context if pointing at line start
    if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        // Regexp won't match if start is trimmed
        let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
        if (prev.length > 80)
            prev = prev.substring(0, 79) + '…\n';
        lineStr = prev + lineStr;
    }
    if (/[^ ]/.test(lineStr)) {
        let count = 1;
        const end = error.linePos[1];
        if (end?.line === line && end.col > col) {
            count = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = ' '.repeat(ci) + '^'.repeat(count);
        error.message += `:\n\n${lineStr}\n${pointer}\n`;
    }
};

exports.YAMLError = YAMLError;
exports.YAMLParseError = YAMLParseError;
exports.YAMLWarning = YAMLWarning;
exports.prettifyError = prettifyError;


/***/ }),

/***/ 3483:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var composer = __nccwpck_require__(4260);
var Document = __nccwpck_require__(7977);
var Schema = __nccwpck_require__(1148);
var errors = __nccwpck_require__(7460);
var Alias = __nccwpck_require__(5525);
var identity = __nccwpck_require__(1891);
var Pair = __nccwpck_require__(5153);
var Scalar = __nccwpck_require__(4305);
var YAMLMap = __nccwpck_require__(2938);
var YAMLSeq = __nccwpck_require__(3571);
var cst = __nccwpck_require__(3921);
var lexer = __nccwpck_require__(1893);
var lineCounter = __nccwpck_require__(2808);
var parser = __nccwpck_require__(3124);
var publicApi = __nccwpck_require__(4563);
var visit = __nccwpck_require__(1360);



exports.Dk = composer.Composer;
__webpack_unused_export__ = Document.Document;
__webpack_unused_export__ = Schema.Schema;
__webpack_unused_export__ = errors.YAMLError;
__webpack_unused_export__ = errors.YAMLParseError;
__webpack_unused_export__ = errors.YAMLWarning;
__webpack_unused_export__ = Alias.Alias;
exports.Vj = identity.isAlias;
exports.P3 = identity.isCollection;
__webpack_unused_export__ = identity.isDocument;
exports.jh = identity.isMap;
exports.Ll = identity.isNode;
exports.tO = identity.isPair;
exports.jn = identity.isScalar;
exports.oP = identity.isSeq;
__webpack_unused_export__ = Pair.Pair;
exports.X5 = Scalar.Scalar;
__webpack_unused_export__ = YAMLMap.YAMLMap;
__webpack_unused_export__ = YAMLSeq.YAMLSeq;
__webpack_unused_export__ = cst;
exports.JG = lexer.Lexer;
exports.HN = lineCounter.LineCounter;
exports.iX = parser.Parser;
__webpack_unused_export__ = publicApi.parse;
__webpack_unused_export__ = publicApi.parseAllDocuments;
exports.Tp = publicApi.parseDocument;
__webpack_unused_export__ = publicApi.stringify;
exports.YR = visit.visit;
__webpack_unused_export__ = visit.visitAsync;


/***/ }),

/***/ 6669:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_process = __nccwpck_require__(932);

function debug(logLevel, ...messages) {
    if (logLevel === 'debug')
        console.log(...messages);
}
function warn(logLevel, warning) {
    if (logLevel === 'debug' || logLevel === 'warn') {
        if (typeof node_process.emitWarning === 'function')
            node_process.emitWarning(warning);
        else
            console.warn(warning);
    }
}

exports.debug = debug;
exports.warn = warn;


/***/ }),

/***/ 5525:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var anchors = __nccwpck_require__(7048);
var visit = __nccwpck_require__(1360);
var identity = __nccwpck_require__(1891);
var Node = __nccwpck_require__(5605);
var toJS = __nccwpck_require__(3119);

class Alias extends Node.NodeBase {
    constructor(source) {
        super(identity.ALIAS);
        this.source = source;
        Object.defineProperty(this, 'tag', {
            set() {
                throw new Error('Alias nodes cannot have tags');
            }
        });
    }
    /**
     * Resolve the value of this alias within `doc`, finding the last
     * instance of the `source` anchor before this node.
     */
    resolve(doc, ctx) {
        if (ctx?.maxAliasCount === 0)
            throw new ReferenceError('Alias resolution is disabled');
        let nodes;
        if (ctx?.aliasResolveCache) {
            nodes = ctx.aliasResolveCache;
        }
        else {
            nodes = [];
            visit.visit(doc, {
                Node: (_key, node) => {
                    if (identity.isAlias(node) || identity.hasAnchor(node))
                        nodes.push(node);
                }
            });
            if (ctx)
                ctx.aliasResolveCache = nodes;
        }
        let found = undefined;
        for (const node of nodes) {
            if (node === this)
                break;
            if (node.anchor === this.source)
                found = node;
        }
        if (found && ctx) {
            const { anchors, doc, maxAliasCount } = ctx;
            let data = anchors.get(found);
            if (!data) {
                // Resolve anchors for Node.prototype.toJS()
                toJS.toJS(found, null, ctx);
                data = anchors.get(found);
            }
            /* istanbul ignore if */
            if (data?.res === undefined) {
                const msg = 'This should not happen: Alias anchor was not resolved?';
                throw new ReferenceError(msg);
            }
            if (maxAliasCount >= 0) {
                data.count += 1;
                if (data.aliasCount === 0)
                    data.aliasCount = getAliasCount(doc, found, anchors);
                if (data.count * data.aliasCount > maxAliasCount) {
                    const msg = 'Excessive alias count indicates a resource exhaustion attack';
                    throw new ReferenceError(msg);
                }
            }
        }
        return found;
    }
    toJSON(_arg, ctx) {
        if (!ctx)
            return { source: this.source };
        const source = this.resolve(ctx.doc, ctx);
        if (!source) {
            const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
            throw new ReferenceError(msg);
        }
        return ctx.anchors.get(source).res;
    }
    toString(ctx, _onComment, _onChompKeep) {
        const src = `*${this.source}`;
        if (ctx) {
            anchors.anchorIsValid(this.source);
            if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
                const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
                throw new Error(msg);
            }
            if (ctx.implicitKey)
                return `${src} `;
        }
        return src;
    }
}
function getAliasCount(doc, node, anchors) {
    if (identity.isAlias(node)) {
        const source = node.resolve(doc);
        const anchor = anchors && source && anchors.get(source);
        return anchor ? anchor.count * anchor.aliasCount : 0;
    }
    else if (identity.isCollection(node)) {
        let count = 0;
        for (const item of node.items) {
            const c = getAliasCount(doc, item, anchors);
            if (c > count)
                count = c;
        }
        return count;
    }
    else if (identity.isPair(node)) {
        const kc = getAliasCount(doc, node.key, anchors);
        const vc = getAliasCount(doc, node.value, anchors);
        return Math.max(kc, vc);
    }
    return 1;
}

exports.Alias = Alias;


/***/ }),

/***/ 1633:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var createNode = __nccwpck_require__(7616);
var identity = __nccwpck_require__(1891);
var Node = __nccwpck_require__(5605);

function collectionFromPath(schema, path, value) {
    let v = value;
    for (let i = path.length - 1; i >= 0; --i) {
        const k = path[i];
        if (typeof k === 'number' && Number.isInteger(k) && k >= 0) {
            const a = [];
            a[k] = v;
            v = a;
        }
        else {
            v = new Map([[k, v]]);
        }
    }
    return createNode.createNode(v, undefined, {
        aliasDuplicateObjects: false,
        keepUndefined: false,
        onAnchor: () => {
            throw new Error('This should not happen, please report a bug.');
        },
        schema,
        sourceObjects: new Map()
    });
}
// Type guard is intentionally a little wrong so as to be more useful,
// as it does not cover untypable empty non-string iterables (e.g. []).
const isEmptyPath = (path) => path == null ||
    (typeof path === 'object' && !!path[Symbol.iterator]().next().done);
class Collection extends Node.NodeBase {
    constructor(type, schema) {
        super(type);
        Object.defineProperty(this, 'schema', {
            value: schema,
            configurable: true,
            enumerable: false,
            writable: true
        });
    }
    /**
     * Create a copy of this collection.
     *
     * @param schema - If defined, overwrites the original's schema
     */
    clone(schema) {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (schema)
            copy.schema = schema;
        copy.items = copy.items.map(it => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
        if (this.range)
            copy.range = this.range.slice();
        return copy;
    }
    /**
     * Adds a value to the collection. For `!!map` and `!!omap` the value must
     * be a Pair instance or a `{ key, value }` object, which may not have a key
     * that already exists in the map.
     */
    addIn(path, value) {
        if (isEmptyPath(path))
            this.add(value);
        else {
            const [key, ...rest] = path;
            const node = this.get(key, true);
            if (identity.isCollection(node))
                node.addIn(rest, value);
            else if (node === undefined && this.schema)
                this.set(key, collectionFromPath(this.schema, rest, value));
            else
                throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
    }
    /**
     * Removes a value from the collection.
     * @returns `true` if the item was found and removed.
     */
    deleteIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
            return this.delete(key);
        const node = this.get(key, true);
        if (identity.isCollection(node))
            return node.deleteIn(rest);
        else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
    }
    /**
     * Returns item at `key`, or `undefined` if not found. By default unwraps
     * scalar values from their surrounding node; to disable set `keepScalar` to
     * `true` (collections are always returned intact).
     */
    getIn(path, keepScalar) {
        const [key, ...rest] = path;
        const node = this.get(key, true);
        if (rest.length === 0)
            return !keepScalar && identity.isScalar(node) ? node.value : node;
        else
            return identity.isCollection(node) ? node.getIn(rest, keepScalar) : undefined;
    }
    hasAllNullValues(allowScalar) {
        return this.items.every(node => {
            if (!identity.isPair(node))
                return false;
            const n = node.value;
            return (n == null ||
                (allowScalar &&
                    identity.isScalar(n) &&
                    n.value == null &&
                    !n.commentBefore &&
                    !n.comment &&
                    !n.tag));
        });
    }
    /**
     * Checks if the collection includes a value with the key `key`.
     */
    hasIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
            return this.has(key);
        const node = this.get(key, true);
        return identity.isCollection(node) ? node.hasIn(rest) : false;
    }
    /**
     * Sets a value in this collection. For `!!set`, `value` needs to be a
     * boolean to add/remove the item from the set.
     */
    setIn(path, value) {
        const [key, ...rest] = path;
        if (rest.length === 0) {
            this.set(key, value);
        }
        else {
            const node = this.get(key, true);
            if (identity.isCollection(node))
                node.setIn(rest, value);
            else if (node === undefined && this.schema)
                this.set(key, collectionFromPath(this.schema, rest, value));
            else
                throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
    }
}

exports.Collection = Collection;
exports.collectionFromPath = collectionFromPath;
exports.isEmptyPath = isEmptyPath;


/***/ }),

/***/ 5605:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var applyReviver = __nccwpck_require__(7817);
var identity = __nccwpck_require__(1891);
var toJS = __nccwpck_require__(3119);

class NodeBase {
    constructor(type) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: type });
    }
    /** Create a copy of this node.  */
    clone() {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
            copy.range = this.range.slice();
        return copy;
    }
    /** A plain JavaScript representation of this node. */
    toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity.isDocument(doc))
            throw new TypeError('A document argument is required');
        const ctx = {
            anchors: new Map(),
            doc,
            keep: true,
            mapAsMap: mapAsMap === true,
            mapKeyWarned: false,
            maxAliasCount: typeof maxAliasCount === 'number' ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, '', ctx);
        if (typeof onAnchor === 'function')
            for (const { count, res } of ctx.anchors.values())
                onAnchor(res, count);
        return typeof reviver === 'function'
            ? applyReviver.applyReviver(reviver, { '': res }, '', res)
            : res;
    }
}

exports.NodeBase = NodeBase;


/***/ }),

/***/ 5153:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var createNode = __nccwpck_require__(7616);
var stringifyPair = __nccwpck_require__(9392);
var addPairToJSMap = __nccwpck_require__(1308);
var identity = __nccwpck_require__(1891);

function createPair(key, value, ctx) {
    const k = createNode.createNode(key, undefined, ctx);
    const v = createNode.createNode(value, undefined, ctx);
    return new Pair(k, v);
}
class Pair {
    constructor(key, value = null) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
        this.key = key;
        this.value = value;
    }
    clone(schema) {
        let { key, value } = this;
        if (identity.isNode(key))
            key = key.clone(schema);
        if (identity.isNode(value))
            value = value.clone(schema);
        return new Pair(key, value);
    }
    toJSON(_, ctx) {
        const pair = ctx?.mapAsMap ? new Map() : {};
        return addPairToJSMap.addPairToJSMap(ctx, pair, this);
    }
    toString(ctx, onComment, onChompKeep) {
        return ctx?.doc
            ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep)
            : JSON.stringify(this);
    }
}

exports.Pair = Pair;
exports.createPair = createPair;


/***/ }),

/***/ 4305:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var Node = __nccwpck_require__(5605);
var toJS = __nccwpck_require__(3119);

const isScalarValue = (value) => !value || (typeof value !== 'function' && typeof value !== 'object');
class Scalar extends Node.NodeBase {
    constructor(value) {
        super(identity.SCALAR);
        this.value = value;
    }
    toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
    }
    toString() {
        return String(this.value);
    }
}
Scalar.BLOCK_FOLDED = 'BLOCK_FOLDED';
Scalar.BLOCK_LITERAL = 'BLOCK_LITERAL';
Scalar.PLAIN = 'PLAIN';
Scalar.QUOTE_DOUBLE = 'QUOTE_DOUBLE';
Scalar.QUOTE_SINGLE = 'QUOTE_SINGLE';

exports.Scalar = Scalar;
exports.isScalarValue = isScalarValue;


/***/ }),

/***/ 2938:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyCollection = __nccwpck_require__(3008);
var addPairToJSMap = __nccwpck_require__(1308);
var Collection = __nccwpck_require__(1633);
var identity = __nccwpck_require__(1891);
var Pair = __nccwpck_require__(5153);
var Scalar = __nccwpck_require__(4305);

function findPair(items, key) {
    const k = identity.isScalar(key) ? key.value : key;
    for (const it of items) {
        if (identity.isPair(it)) {
            if (it.key === key || it.key === k)
                return it;
            if (identity.isScalar(it.key) && it.key.value === k)
                return it;
        }
    }
    return undefined;
}
class YAMLMap extends Collection.Collection {
    static get tagName() {
        return 'tag:yaml.org,2002:map';
    }
    constructor(schema) {
        super(identity.MAP, schema);
        this.items = [];
    }
    /**
     * A generic collection parsing method that can be extended
     * to other node classes that inherit from YAMLMap
     */
    static from(schema, obj, ctx) {
        const { keepUndefined, replacer } = ctx;
        const map = new this(schema);
        const add = (key, value) => {
            if (typeof replacer === 'function')
                value = replacer.call(obj, key, value);
            else if (Array.isArray(replacer) && !replacer.includes(key))
                return;
            if (value !== undefined || keepUndefined)
                map.items.push(Pair.createPair(key, value, ctx));
        };
        if (obj instanceof Map) {
            for (const [key, value] of obj)
                add(key, value);
        }
        else if (obj && typeof obj === 'object') {
            for (const key of Object.keys(obj))
                add(key, obj[key]);
        }
        if (typeof schema.sortMapEntries === 'function') {
            map.items.sort(schema.sortMapEntries);
        }
        return map;
    }
    /**
     * Adds a value to the collection.
     *
     * @param overwrite - If not set `true`, using a key that is already in the
     *   collection will throw. Otherwise, overwrites the previous value.
     */
    add(pair, overwrite) {
        let _pair;
        if (identity.isPair(pair))
            _pair = pair;
        else if (!pair || typeof pair !== 'object' || !('key' in pair)) {
            // In TypeScript, this never happens.
            _pair = new Pair.Pair(pair, pair?.value);
        }
        else
            _pair = new Pair.Pair(pair.key, pair.value);
        const prev = findPair(this.items, _pair.key);
        const sortEntries = this.schema?.sortMapEntries;
        if (prev) {
            if (!overwrite)
                throw new Error(`Key ${_pair.key} already set`);
            // For scalars, keep the old node & its comments and anchors
            if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value))
                prev.value.value = _pair.value;
            else
                prev.value = _pair.value;
        }
        else if (sortEntries) {
            const i = this.items.findIndex(item => sortEntries(_pair, item) < 0);
            if (i === -1)
                this.items.push(_pair);
            else
                this.items.splice(i, 0, _pair);
        }
        else {
            this.items.push(_pair);
        }
    }
    delete(key) {
        const it = findPair(this.items, key);
        if (!it)
            return false;
        const del = this.items.splice(this.items.indexOf(it), 1);
        return del.length > 0;
    }
    get(key, keepScalar) {
        const it = findPair(this.items, key);
        const node = it?.value;
        return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? undefined;
    }
    has(key) {
        return !!findPair(this.items, key);
    }
    set(key, value) {
        this.add(new Pair.Pair(key, value), true);
    }
    /**
     * @param ctx - Conversion context, originally set in Document#toJS()
     * @param {Class} Type - If set, forces the returned collection type
     * @returns Instance of Type, Map, or Object
     */
    toJSON(_, ctx, Type) {
        const map = Type ? new Type() : ctx?.mapAsMap ? new Map() : {};
        if (ctx?.onCreate)
            ctx.onCreate(map);
        for (const item of this.items)
            addPairToJSMap.addPairToJSMap(ctx, map, item);
        return map;
    }
    toString(ctx, onComment, onChompKeep) {
        if (!ctx)
            return JSON.stringify(this);
        for (const item of this.items) {
            if (!identity.isPair(item))
                throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
        }
        if (!ctx.allNullValues && this.hasAllNullValues(false))
            ctx = Object.assign({}, ctx, { allNullValues: true });
        return stringifyCollection.stringifyCollection(this, ctx, {
            blockItemPrefix: '',
            flowChars: { start: '{', end: '}' },
            itemIndent: ctx.indent || '',
            onChompKeep,
            onComment
        });
    }
}

exports.YAMLMap = YAMLMap;
exports.findPair = findPair;


/***/ }),

/***/ 3571:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var createNode = __nccwpck_require__(7616);
var stringifyCollection = __nccwpck_require__(3008);
var Collection = __nccwpck_require__(1633);
var identity = __nccwpck_require__(1891);
var Scalar = __nccwpck_require__(4305);
var toJS = __nccwpck_require__(3119);

class YAMLSeq extends Collection.Collection {
    static get tagName() {
        return 'tag:yaml.org,2002:seq';
    }
    constructor(schema) {
        super(identity.SEQ, schema);
        this.items = [];
    }
    add(value) {
        this.items.push(value);
    }
    /**
     * Removes a value from the collection.
     *
     * `key` must contain a representation of an integer for this to succeed.
     * It may be wrapped in a `Scalar`.
     *
     * @returns `true` if the item was found and removed.
     */
    delete(key) {
        const idx = asItemIndex(key);
        if (typeof idx !== 'number')
            return false;
        const del = this.items.splice(idx, 1);
        return del.length > 0;
    }
    get(key, keepScalar) {
        const idx = asItemIndex(key);
        if (typeof idx !== 'number')
            return undefined;
        const it = this.items[idx];
        return !keepScalar && identity.isScalar(it) ? it.value : it;
    }
    /**
     * Checks if the collection includes a value with the key `key`.
     *
     * `key` must contain a representation of an integer for this to succeed.
     * It may be wrapped in a `Scalar`.
     */
    has(key) {
        const idx = asItemIndex(key);
        return typeof idx === 'number' && idx < this.items.length;
    }
    /**
     * Sets a value in this collection. For `!!set`, `value` needs to be a
     * boolean to add/remove the item from the set.
     *
     * If `key` does not contain a representation of an integer, this will throw.
     * It may be wrapped in a `Scalar`.
     */
    set(key, value) {
        const idx = asItemIndex(key);
        if (typeof idx !== 'number')
            throw new Error(`Expected a valid index, not ${key}.`);
        const prev = this.items[idx];
        if (identity.isScalar(prev) && Scalar.isScalarValue(value))
            prev.value = value;
        else
            this.items[idx] = value;
    }
    toJSON(_, ctx) {
        const seq = [];
        if (ctx?.onCreate)
            ctx.onCreate(seq);
        let i = 0;
        for (const item of this.items)
            seq.push(toJS.toJS(item, String(i++), ctx));
        return seq;
    }
    toString(ctx, onComment, onChompKeep) {
        if (!ctx)
            return JSON.stringify(this);
        return stringifyCollection.stringifyCollection(this, ctx, {
            blockItemPrefix: '- ',
            flowChars: { start: '[', end: ']' },
            itemIndent: (ctx.indent || '') + '  ',
            onChompKeep,
            onComment
        });
    }
    static from(schema, obj, ctx) {
        const { replacer } = ctx;
        const seq = new this(schema);
        if (obj && Symbol.iterator in Object(obj)) {
            let i = 0;
            for (let it of obj) {
                if (typeof replacer === 'function') {
                    const key = obj instanceof Set ? it : String(i++);
                    it = replacer.call(obj, key, it);
                }
                seq.items.push(createNode.createNode(it, undefined, ctx));
            }
        }
        return seq;
    }
}
function asItemIndex(key) {
    let idx = identity.isScalar(key) ? key.value : key;
    if (idx && typeof idx === 'string')
        idx = Number(idx);
    return typeof idx === 'number' && Number.isInteger(idx) && idx >= 0
        ? idx
        : null;
}

exports.YAMLSeq = YAMLSeq;


/***/ }),

/***/ 1308:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var log = __nccwpck_require__(6669);
var merge = __nccwpck_require__(4376);
var stringify = __nccwpck_require__(3376);
var identity = __nccwpck_require__(1891);
var toJS = __nccwpck_require__(3119);

function addPairToJSMap(ctx, map, { key, value }) {
    if (identity.isNode(key) && key.addToJSMap)
        key.addToJSMap(ctx, map, value);
    // TODO: Should drop this special case for bare << handling
    else if (merge.isMergeKey(ctx, key))
        merge.addMergeToJSMap(ctx, map, value);
    else {
        const jsKey = toJS.toJS(key, '', ctx);
        if (map instanceof Map) {
            map.set(jsKey, toJS.toJS(value, jsKey, ctx));
        }
        else if (map instanceof Set) {
            map.add(jsKey);
        }
        else {
            const stringKey = stringifyKey(key, jsKey, ctx);
            const jsValue = toJS.toJS(value, stringKey, ctx);
            if (stringKey in map)
                Object.defineProperty(map, stringKey, {
                    value: jsValue,
                    writable: true,
                    enumerable: true,
                    configurable: true
                });
            else
                map[stringKey] = jsValue;
        }
    }
    return map;
}
function stringifyKey(key, jsKey, ctx) {
    if (jsKey === null)
        return '';
    // eslint-disable-next-line @typescript-eslint/no-base-to-string
    if (typeof jsKey !== 'object')
        return String(jsKey);
    if (identity.isNode(key) && ctx?.doc) {
        const strCtx = stringify.createStringifyContext(ctx.doc, {});
        strCtx.anchors = new Set();
        for (const node of ctx.anchors.keys())
            strCtx.anchors.add(node.anchor);
        strCtx.inFlow = true;
        strCtx.inStringifyKey = true;
        const strKey = key.toString(strCtx);
        if (!ctx.mapKeyWarned) {
            let jsonStr = JSON.stringify(strKey);
            if (jsonStr.length > 40)
                jsonStr = jsonStr.substring(0, 36) + '..."';
            log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
            ctx.mapKeyWarned = true;
        }
        return strKey;
    }
    return JSON.stringify(jsKey);
}

exports.addPairToJSMap = addPairToJSMap;


/***/ }),

/***/ 1891:
/***/ ((__unused_webpack_module, exports) => {



const ALIAS = Symbol.for('yaml.alias');
const DOC = Symbol.for('yaml.document');
const MAP = Symbol.for('yaml.map');
const PAIR = Symbol.for('yaml.pair');
const SCALAR = Symbol.for('yaml.scalar');
const SEQ = Symbol.for('yaml.seq');
const NODE_TYPE = Symbol.for('yaml.node.type');
const isAlias = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === ALIAS;
const isDocument = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === DOC;
const isMap = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === MAP;
const isPair = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === PAIR;
const isScalar = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === SCALAR;
const isSeq = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === SEQ;
function isCollection(node) {
    if (node && typeof node === 'object')
        switch (node[NODE_TYPE]) {
            case MAP:
            case SEQ:
                return true;
        }
    return false;
}
function isNode(node) {
    if (node && typeof node === 'object')
        switch (node[NODE_TYPE]) {
            case ALIAS:
            case MAP:
            case SCALAR:
            case SEQ:
                return true;
        }
    return false;
}
const hasAnchor = (node) => (isScalar(node) || isCollection(node)) && !!node.anchor;

exports.ALIAS = ALIAS;
exports.DOC = DOC;
exports.MAP = MAP;
exports.NODE_TYPE = NODE_TYPE;
exports.PAIR = PAIR;
exports.SCALAR = SCALAR;
exports.SEQ = SEQ;
exports.hasAnchor = hasAnchor;
exports.isAlias = isAlias;
exports.isCollection = isCollection;
exports.isDocument = isDocument;
exports.isMap = isMap;
exports.isNode = isNode;
exports.isPair = isPair;
exports.isScalar = isScalar;
exports.isSeq = isSeq;


/***/ }),

/***/ 3119:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);

/**
 * Recursively convert any node or its contents to native JavaScript
 *
 * @param value - The input value
 * @param arg - If `value` defines a `toJSON()` method, use this
 *   as its first argument
 * @param ctx - Conversion context, originally set in Document#toJS(). If
 *   `{ keep: true }` is not set, output should be suitable for JSON
 *   stringification.
 */
function toJS(value, arg, ctx) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-return
    if (Array.isArray(value))
        return value.map((v, i) => toJS(v, String(i), ctx));
    if (value && typeof value.toJSON === 'function') {
        // eslint-disable-next-line @typescript-eslint/no-unsafe-call
        if (!ctx || !identity.hasAnchor(value))
            return value.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: undefined };
        ctx.anchors.set(value, data);
        ctx.onCreate = res => {
            data.res = res;
            delete ctx.onCreate;
        };
        const res = value.toJSON(arg, ctx);
        if (ctx.onCreate)
            ctx.onCreate(res);
        return res;
    }
    if (typeof value === 'bigint' && !ctx?.keep)
        return Number(value);
    return value;
}

exports.toJS = toJS;


/***/ }),

/***/ 6242:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var resolveBlockScalar = __nccwpck_require__(293);
var resolveFlowScalar = __nccwpck_require__(7686);
var errors = __nccwpck_require__(7460);
var stringifyString = __nccwpck_require__(3665);

function resolveAsScalar(token, strict = true, onError) {
    if (token) {
        const _onError = (pos, code, message) => {
            const offset = typeof pos === 'number' ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
            if (onError)
                onError(offset, code, message);
            else
                throw new errors.YAMLParseError([offset, offset + 1], code, message);
        };
        switch (token.type) {
            case 'scalar':
            case 'single-quoted-scalar':
            case 'double-quoted-scalar':
                return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
            case 'block-scalar':
                return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
        }
    }
    return null;
}
/**
 * Create a new scalar token with `value`
 *
 * Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
 * as this function does not support any schema operations and won't check for such conflicts.
 *
 * @param value The string representation of the value, which will have its content properly indented.
 * @param context.end Comments and whitespace after the end of the value, or after the block scalar header. If undefined, a newline will be added.
 * @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
 * @param context.indent The indent level of the token.
 * @param context.inFlow Is this scalar within a flow collection? This may affect the resolved type of the token's value.
 * @param context.offset The offset position of the token.
 * @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
 */
function createScalarToken(value, context) {
    const { implicitKey = false, indent, inFlow = false, offset = -1, type = 'PLAIN' } = context;
    const source = stringifyString.stringifyString({ type, value }, {
        implicitKey,
        indent: indent > 0 ? ' '.repeat(indent) : '',
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
    });
    const end = context.end ?? [
        { type: 'newline', offset: -1, indent, source: '\n' }
    ];
    switch (source[0]) {
        case '|':
        case '>': {
            const he = source.indexOf('\n');
            const head = source.substring(0, he);
            const body = source.substring(he + 1) + '\n';
            const props = [
                { type: 'block-scalar-header', offset, indent, source: head }
            ];
            if (!addEndtoBlockProps(props, end))
                props.push({ type: 'newline', offset: -1, indent, source: '\n' });
            return { type: 'block-scalar', offset, indent, props, source: body };
        }
        case '"':
            return { type: 'double-quoted-scalar', offset, indent, source, end };
        case "'":
            return { type: 'single-quoted-scalar', offset, indent, source, end };
        default:
            return { type: 'scalar', offset, indent, source, end };
    }
}
/**
 * Set the value of `token` to the given string `value`, overwriting any previous contents and type that it may have.
 *
 * Best efforts are made to retain any comments previously associated with the `token`,
 * though all contents within a collection's `items` will be overwritten.
 *
 * Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
 * as this function does not support any schema operations and won't check for such conflicts.
 *
 * @param token Any token. If it does not include an `indent` value, the value will be stringified as if it were an implicit key.
 * @param value The string representation of the value, which will have its content properly indented.
 * @param context.afterKey In most cases, values after a key should have an additional level of indentation.
 * @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
 * @param context.inFlow Being within a flow collection may affect the resolved type of the token's value.
 * @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
 */
function setScalarValue(token, value, context = {}) {
    let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
    let indent = 'indent' in token ? token.indent : null;
    if (afterKey && typeof indent === 'number')
        indent += 2;
    if (!type)
        switch (token.type) {
            case 'single-quoted-scalar':
                type = 'QUOTE_SINGLE';
                break;
            case 'double-quoted-scalar':
                type = 'QUOTE_DOUBLE';
                break;
            case 'block-scalar': {
                const header = token.props[0];
                if (header.type !== 'block-scalar-header')
                    throw new Error('Invalid block scalar header');
                type = header.source[0] === '>' ? 'BLOCK_FOLDED' : 'BLOCK_LITERAL';
                break;
            }
            default:
                type = 'PLAIN';
        }
    const source = stringifyString.stringifyString({ type, value }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? ' '.repeat(indent) : '',
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
    });
    switch (source[0]) {
        case '|':
        case '>':
            setBlockScalarValue(token, source);
            break;
        case '"':
            setFlowScalarValue(token, source, 'double-quoted-scalar');
            break;
        case "'":
            setFlowScalarValue(token, source, 'single-quoted-scalar');
            break;
        default:
            setFlowScalarValue(token, source, 'scalar');
    }
}
function setBlockScalarValue(token, source) {
    const he = source.indexOf('\n');
    const head = source.substring(0, he);
    const body = source.substring(he + 1) + '\n';
    if (token.type === 'block-scalar') {
        const header = token.props[0];
        if (header.type !== 'block-scalar-header')
            throw new Error('Invalid block scalar header');
        header.source = head;
        token.source = body;
    }
    else {
        const { offset } = token;
        const indent = 'indent' in token ? token.indent : -1;
        const props = [
            { type: 'block-scalar-header', offset, indent, source: head }
        ];
        if (!addEndtoBlockProps(props, 'end' in token ? token.end : undefined))
            props.push({ type: 'newline', offset: -1, indent, source: '\n' });
        for (const key of Object.keys(token))
            if (key !== 'type' && key !== 'offset')
                delete token[key];
        Object.assign(token, { type: 'block-scalar', indent, props, source: body });
    }
}
/** @returns `true` if last token is a newline */
function addEndtoBlockProps(props, end) {
    if (end)
        for (const st of end)
            switch (st.type) {
                case 'space':
                case 'comment':
                    props.push(st);
                    break;
                case 'newline':
                    props.push(st);
                    return true;
            }
    return false;
}
function setFlowScalarValue(token, source, type) {
    switch (token.type) {
        case 'scalar':
        case 'double-quoted-scalar':
        case 'single-quoted-scalar':
            token.type = type;
            token.source = source;
            break;
        case 'block-scalar': {
            const end = token.props.slice(1);
            let oa = source.length;
            if (token.props[0].type === 'block-scalar-header')
                oa -= token.props[0].source.length;
            for (const tok of end)
                tok.offset += oa;
            delete token.props;
            Object.assign(token, { type, source, end });
            break;
        }
        case 'block-map':
        case 'block-seq': {
            const offset = token.offset + source.length;
            const nl = { type: 'newline', offset, indent: token.indent, source: '\n' };
            delete token.items;
            Object.assign(token, { type, source, end: [nl] });
            break;
        }
        default: {
            const indent = 'indent' in token ? token.indent : -1;
            const end = 'end' in token && Array.isArray(token.end)
                ? token.end.filter(st => st.type === 'space' ||
                    st.type === 'comment' ||
                    st.type === 'newline')
                : [];
            for (const key of Object.keys(token))
                if (key !== 'type' && key !== 'offset')
                    delete token[key];
            Object.assign(token, { type, indent, source, end });
        }
    }
}

exports.createScalarToken = createScalarToken;
exports.resolveAsScalar = resolveAsScalar;
exports.setScalarValue = setScalarValue;


/***/ }),

/***/ 2393:
/***/ ((__unused_webpack_module, exports) => {



/**
 * Stringify a CST document, token, or collection item
 *
 * Fair warning: This applies no validation whatsoever, and
 * simply concatenates the sources in their logical order.
 */
const stringify = (cst) => 'type' in cst ? stringifyToken(cst) : stringifyItem(cst);
function stringifyToken(token) {
    switch (token.type) {
        case 'block-scalar': {
            let res = '';
            for (const tok of token.props)
                res += stringifyToken(tok);
            return res + token.source;
        }
        case 'block-map':
        case 'block-seq': {
            let res = '';
            for (const item of token.items)
                res += stringifyItem(item);
            return res;
        }
        case 'flow-collection': {
            let res = token.start.source;
            for (const item of token.items)
                res += stringifyItem(item);
            for (const st of token.end)
                res += st.source;
            return res;
        }
        case 'document': {
            let res = stringifyItem(token);
            if (token.end)
                for (const st of token.end)
                    res += st.source;
            return res;
        }
        default: {
            let res = token.source;
            if ('end' in token && token.end)
                for (const st of token.end)
                    res += st.source;
            return res;
        }
    }
}
function stringifyItem({ start, key, sep, value }) {
    let res = '';
    for (const st of start)
        res += st.source;
    if (key)
        res += stringifyToken(key);
    if (sep)
        for (const st of sep)
            res += st.source;
    if (value)
        res += stringifyToken(value);
    return res;
}

exports.stringify = stringify;


/***/ }),

/***/ 5207:
/***/ ((__unused_webpack_module, exports) => {



const BREAK = Symbol('break visit');
const SKIP = Symbol('skip children');
const REMOVE = Symbol('remove item');
/**
 * Apply a visitor to a CST document or item.
 *
 * Walks through the tree (depth-first) starting from the root, calling a
 * `visitor` function with two arguments when entering each item:
 *   - `item`: The current item, which included the following members:
 *     - `start: SourceToken[]` – Source tokens before the key or value,
 *       possibly including its anchor or tag.
 *     - `key?: Token | null` – Set for pair values. May then be `null`, if
 *       the key before the `:` separator is empty.
 *     - `sep?: SourceToken[]` – Source tokens between the key and the value,
 *       which should include the `:` map value indicator if `value` is set.
 *     - `value?: Token` – The value of a sequence item, or of a map pair.
 *   - `path`: The steps from the root to the current node, as an array of
 *     `['key' | 'value', number]` tuples.
 *
 * The return value of the visitor may be used to control the traversal:
 *   - `undefined` (default): Do nothing and continue
 *   - `visit.SKIP`: Do not visit the children of this token, continue with
 *      next sibling
 *   - `visit.BREAK`: Terminate traversal completely
 *   - `visit.REMOVE`: Remove the current item, then continue with the next one
 *   - `number`: Set the index of the next step. This is useful especially if
 *     the index of the current token has changed.
 *   - `function`: Define the next visitor for this item. After the original
 *     visitor is called on item entry, next visitors are called after handling
 *     a non-empty `key` and when exiting the item.
 */
function visit(cst, visitor) {
    if ('type' in cst && cst.type === 'document')
        cst = { start: cst.start, value: cst.value };
    _visit(Object.freeze([]), cst, visitor);
}
// Without the `as symbol` casts, TS declares these in the `visit`
// namespace using `var`, but then complains about that because
// `unique symbol` must be `const`.
/** Terminate visit traversal completely */
visit.BREAK = BREAK;
/** Do not visit the children of the current item */
visit.SKIP = SKIP;
/** Remove the current item */
visit.REMOVE = REMOVE;
/** Find the item at `path` from `cst` as the root */
visit.itemAtPath = (cst, path) => {
    let item = cst;
    for (const [field, index] of path) {
        const tok = item?.[field];
        if (tok && 'items' in tok) {
            item = tok.items[index];
        }
        else
            return undefined;
    }
    return item;
};
/**
 * Get the immediate parent collection of the item at `path` from `cst` as the root.
 *
 * Throws an error if the collection is not found, which should never happen if the item itself exists.
 */
visit.parentCollection = (cst, path) => {
    const parent = visit.itemAtPath(cst, path.slice(0, -1));
    const field = path[path.length - 1][0];
    const coll = parent?.[field];
    if (coll && 'items' in coll)
        return coll;
    throw new Error('Parent collection not found');
};
function _visit(path, item, visitor) {
    let ctrl = visitor(item, path);
    if (typeof ctrl === 'symbol')
        return ctrl;
    for (const field of ['key', 'value']) {
        const token = item[field];
        if (token && 'items' in token) {
            for (let i = 0; i < token.items.length; ++i) {
                const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
                if (typeof ci === 'number')
                    i = ci - 1;
                else if (ci === BREAK)
                    return BREAK;
                else if (ci === REMOVE) {
                    token.items.splice(i, 1);
                    i -= 1;
                }
            }
            if (typeof ctrl === 'function' && field === 'key')
                ctrl = ctrl(item, path);
        }
    }
    return typeof ctrl === 'function' ? ctrl(item, path) : ctrl;
}

exports.visit = visit;


/***/ }),

/***/ 3921:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var cstScalar = __nccwpck_require__(6242);
var cstStringify = __nccwpck_require__(2393);
var cstVisit = __nccwpck_require__(5207);

/** The byte order mark */
const BOM = '\u{FEFF}';
/** Start of doc-mode */
const DOCUMENT = '\x02'; // C0: Start of Text
/** Unexpected end of flow-mode */
const FLOW_END = '\x18'; // C0: Cancel
/** Next token is a scalar value */
const SCALAR = '\x1f'; // C0: Unit Separator
/** @returns `true` if `token` is a flow or block collection */
const isCollection = (token) => !!token && 'items' in token;
/** @returns `true` if `token` is a flow or block scalar; not an alias */
const isScalar = (token) => !!token &&
    (token.type === 'scalar' ||
        token.type === 'single-quoted-scalar' ||
        token.type === 'double-quoted-scalar' ||
        token.type === 'block-scalar');
/* istanbul ignore next */
/** Get a printable representation of a lexer token */
function prettyToken(token) {
    switch (token) {
        case BOM:
            return '<BOM>';
        case DOCUMENT:
            return '<DOC>';
        case FLOW_END:
            return '<FLOW_END>';
        case SCALAR:
            return '<SCALAR>';
        default:
            return JSON.stringify(token);
    }
}
/** Identify the type of a lexer token. May return `null` for unknown tokens. */
function tokenType(source) {
    switch (source) {
        case BOM:
            return 'byte-order-mark';
        case DOCUMENT:
            return 'doc-mode';
        case FLOW_END:
            return 'flow-error-end';
        case SCALAR:
            return 'scalar';
        case '---':
            return 'doc-start';
        case '...':
            return 'doc-end';
        case '':
        case '\n':
        case '\r\n':
            return 'newline';
        case '-':
            return 'seq-item-ind';
        case '?':
            return 'explicit-key-ind';
        case ':':
            return 'map-value-ind';
        case '{':
            return 'flow-map-start';
        case '}':
            return 'flow-map-end';
        case '[':
            return 'flow-seq-start';
        case ']':
            return 'flow-seq-end';
        case ',':
            return 'comma';
    }
    switch (source[0]) {
        case ' ':
        case '\t':
            return 'space';
        case '#':
            return 'comment';
        case '%':
            return 'directive-line';
        case '*':
            return 'alias';
        case '&':
            return 'anchor';
        case '!':
            return 'tag';
        case "'":
            return 'single-quoted-scalar';
        case '"':
            return 'double-quoted-scalar';
        case '|':
        case '>':
            return 'block-scalar-header';
    }
    return null;
}

exports.createScalarToken = cstScalar.createScalarToken;
exports.resolveAsScalar = cstScalar.resolveAsScalar;
exports.setScalarValue = cstScalar.setScalarValue;
exports.stringify = cstStringify.stringify;
exports.visit = cstVisit.visit;
exports.BOM = BOM;
exports.DOCUMENT = DOCUMENT;
exports.FLOW_END = FLOW_END;
exports.SCALAR = SCALAR;
exports.isCollection = isCollection;
exports.isScalar = isScalar;
exports.prettyToken = prettyToken;
exports.tokenType = tokenType;


/***/ }),

/***/ 1893:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var cst = __nccwpck_require__(3921);

/*
START -> stream

stream
  directive -> line-end -> stream
  indent + line-end -> stream
  [else] -> line-start

line-end
  comment -> line-end
  newline -> .
  input-end -> END

line-start
  doc-start -> doc
  doc-end -> stream
  [else] -> indent -> block-start

block-start
  seq-item-start -> block-start
  explicit-key-start -> block-start
  map-value-start -> block-start
  [else] -> doc

doc
  line-end -> line-start
  spaces -> doc
  anchor -> doc
  tag -> doc
  flow-start -> flow -> doc
  flow-end -> error -> doc
  seq-item-start -> error -> doc
  explicit-key-start -> error -> doc
  map-value-start -> doc
  alias -> doc
  quote-start -> quoted-scalar -> doc
  block-scalar-header -> line-end -> block-scalar(min) -> line-start
  [else] -> plain-scalar(false, min) -> doc

flow
  line-end -> flow
  spaces -> flow
  anchor -> flow
  tag -> flow
  flow-start -> flow -> flow
  flow-end -> .
  seq-item-start -> error -> flow
  explicit-key-start -> flow
  map-value-start -> flow
  alias -> flow
  quote-start -> quoted-scalar -> flow
  comma -> flow
  [else] -> plain-scalar(true, 0) -> flow

quoted-scalar
  quote-end -> .
  [else] -> quoted-scalar

block-scalar(min)
  newline + peek(indent < min) -> .
  [else] -> block-scalar(min)

plain-scalar(is-flow, min)
  scalar-end(is-flow) -> .
  peek(newline + (indent < min)) -> .
  [else] -> plain-scalar(min)
*/
function isEmpty(ch) {
    switch (ch) {
        case undefined:
        case ' ':
        case '\n':
        case '\r':
        case '\t':
            return true;
        default:
            return false;
    }
}
const hexDigits = new Set('0123456789ABCDEFabcdef');
const tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
const flowIndicatorChars = new Set(',[]{}');
const invalidAnchorChars = new Set(' ,[]{}\n\r\t');
const isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
/**
 * Splits an input string into lexical tokens, i.e. smaller strings that are
 * easily identifiable by `tokens.tokenType()`.
 *
 * Lexing starts always in a "stream" context. Incomplete input may be buffered
 * until a complete token can be emitted.
 *
 * In addition to slices of the original input, the following control characters
 * may also be emitted:
 *
 * - `\x02` (Start of Text): A document starts with the next token
 * - `\x18` (Cancel): Unexpected end of flow-mode (indicates an error)
 * - `\x1f` (Unit Separator): Next token is a scalar value
 * - `\u{FEFF}` (Byte order mark): Emitted separately outside documents
 */
class Lexer {
    constructor() {
        /**
         * Flag indicating whether the end of the current buffer marks the end of
         * all input
         */
        this.atEnd = false;
        /**
         * Explicit indent set in block scalar header, as an offset from the current
         * minimum indent, so e.g. set to 1 from a header `|2+`. Set to -1 if not
         * explicitly set.
         */
        this.blockScalarIndent = -1;
        /**
         * Block scalars that include a + (keep) chomping indicator in their header
         * include trailing empty lines, which are otherwise excluded from the
         * scalar's contents.
         */
        this.blockScalarKeep = false;
        /** Current input */
        this.buffer = '';
        /**
         * Flag noting whether the map value indicator : can immediately follow this
         * node within a flow context.
         */
        this.flowKey = false;
        /** Count of surrounding flow collection levels. */
        this.flowLevel = 0;
        /**
         * Minimum level of indentation required for next lines to be parsed as a
         * part of the current scalar value.
         */
        this.indentNext = 0;
        /** Indentation level of the current line. */
        this.indentValue = 0;
        /** Position of the next \n character. */
        this.lineEndPos = null;
        /** Stores the state of the lexer if reaching the end of incpomplete input */
        this.next = null;
        /** A pointer to `buffer`; the current position of the lexer. */
        this.pos = 0;
    }
    /**
     * Generate YAML tokens from the `source` string. If `incomplete`,
     * a part of the last line may be left as a buffer for the next call.
     *
     * @returns A generator of lexical tokens
     */
    *lex(source, incomplete = false) {
        if (source) {
            if (typeof source !== 'string')
                throw TypeError('source is not a string');
            this.buffer = this.buffer ? this.buffer + source : source;
            this.lineEndPos = null;
        }
        this.atEnd = !incomplete;
        let next = this.next ?? 'stream';
        while (next && (incomplete || this.hasChars(1)))
            next = yield* this.parseNext(next);
    }
    atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === ' ' || ch === '\t')
            ch = this.buffer[++i];
        if (!ch || ch === '#' || ch === '\n')
            return true;
        if (ch === '\r')
            return this.buffer[i + 1] === '\n';
        return false;
    }
    charAt(n) {
        return this.buffer[this.pos + n];
    }
    continueScalar(offset) {
        let ch = this.buffer[offset];
        if (this.indentNext > 0) {
            let indent = 0;
            while (ch === ' ')
                ch = this.buffer[++indent + offset];
            if (ch === '\r') {
                const next = this.buffer[indent + offset + 1];
                if (next === '\n' || (!next && !this.atEnd))
                    return offset + indent + 1;
            }
            return ch === '\n' || indent >= this.indentNext || (!ch && !this.atEnd)
                ? offset + indent
                : -1;
        }
        if (ch === '-' || ch === '.') {
            const dt = this.buffer.substr(offset, 3);
            if ((dt === '---' || dt === '...') && isEmpty(this.buffer[offset + 3]))
                return -1;
        }
        return offset;
    }
    getLine() {
        let end = this.lineEndPos;
        if (typeof end !== 'number' || (end !== -1 && end < this.pos)) {
            end = this.buffer.indexOf('\n', this.pos);
            this.lineEndPos = end;
        }
        if (end === -1)
            return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === '\r')
            end -= 1;
        return this.buffer.substring(this.pos, end);
    }
    hasChars(n) {
        return this.pos + n <= this.buffer.length;
    }
    setNext(state) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state;
        return null;
    }
    peek(n) {
        return this.buffer.substr(this.pos, n);
    }
    *parseNext(next) {
        switch (next) {
            case 'stream':
                return yield* this.parseStream();
            case 'line-start':
                return yield* this.parseLineStart();
            case 'block-start':
                return yield* this.parseBlockStart();
            case 'doc':
                return yield* this.parseDocument();
            case 'flow':
                return yield* this.parseFlowCollection();
            case 'quoted-scalar':
                return yield* this.parseQuotedScalar();
            case 'block-scalar':
                return yield* this.parseBlockScalar();
            case 'plain-scalar':
                return yield* this.parsePlainScalar();
        }
    }
    *parseStream() {
        let line = this.getLine();
        if (line === null)
            return this.setNext('stream');
        if (line[0] === cst.BOM) {
            yield* this.pushCount(1);
            line = line.substring(1);
        }
        if (line[0] === '%') {
            let dirEnd = line.length;
            let cs = line.indexOf('#');
            while (cs !== -1) {
                const ch = line[cs - 1];
                if (ch === ' ' || ch === '\t') {
                    dirEnd = cs - 1;
                    break;
                }
                else {
                    cs = line.indexOf('#', cs + 1);
                }
            }
            while (true) {
                const ch = line[dirEnd - 1];
                if (ch === ' ' || ch === '\t')
                    dirEnd -= 1;
                else
                    break;
            }
            const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
            yield* this.pushCount(line.length - n); // possible comment
            this.pushNewline();
            return 'stream';
        }
        if (this.atLineEnd()) {
            const sp = yield* this.pushSpaces(true);
            yield* this.pushCount(line.length - sp);
            yield* this.pushNewline();
            return 'stream';
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
    }
    *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
            return this.setNext('line-start');
        if (ch === '-' || ch === '.') {
            if (!this.atEnd && !this.hasChars(4))
                return this.setNext('line-start');
            const s = this.peek(3);
            if ((s === '---' || s === '...') && isEmpty(this.charAt(3))) {
                yield* this.pushCount(3);
                this.indentValue = 0;
                this.indentNext = 0;
                return s === '---' ? 'doc' : 'stream';
            }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1)))
            this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
    }
    *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
            return this.setNext('block-start');
        if ((ch0 === '-' || ch0 === '?' || ch0 === ':') && isEmpty(ch1)) {
            const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
            this.indentNext = this.indentValue + 1;
            this.indentValue += n;
            return 'block-start';
        }
        return 'doc';
    }
    *parseDocument() {
        yield* this.pushSpaces(true);
        const line = this.getLine();
        if (line === null)
            return this.setNext('doc');
        let n = yield* this.pushIndicators();
        switch (line[n]) {
            case '#':
                yield* this.pushCount(line.length - n);
            // fallthrough
            case undefined:
                yield* this.pushNewline();
                return yield* this.parseLineStart();
            case '{':
            case '[':
                yield* this.pushCount(1);
                this.flowKey = false;
                this.flowLevel = 1;
                return 'flow';
            case '}':
            case ']':
                // this is an error
                yield* this.pushCount(1);
                return 'doc';
            case '*':
                yield* this.pushUntil(isNotAnchorChar);
                return 'doc';
            case '"':
            case "'":
                return yield* this.parseQuotedScalar();
            case '|':
            case '>':
                n += yield* this.parseBlockScalarHeader();
                n += yield* this.pushSpaces(true);
                yield* this.pushCount(line.length - n);
                yield* this.pushNewline();
                return yield* this.parseBlockScalar();
            default:
                return yield* this.parsePlainScalar();
        }
    }
    *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
            nl = yield* this.pushNewline();
            if (nl > 0) {
                sp = yield* this.pushSpaces(false);
                this.indentValue = indent = sp;
            }
            else {
                sp = 0;
            }
            sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line = this.getLine();
        if (line === null)
            return this.setNext('flow');
        if ((indent !== -1 && indent < this.indentNext && line[0] !== '#') ||
            (indent === 0 &&
                (line.startsWith('---') || line.startsWith('...')) &&
                isEmpty(line[3]))) {
            // Allowing for the terminal ] or } at the same (rather than greater)
            // indent level as the initial [ or { is technically invalid, but
            // failing here would be surprising to users.
            const atFlowEndMarker = indent === this.indentNext - 1 &&
                this.flowLevel === 1 &&
                (line[0] === ']' || line[0] === '}');
            if (!atFlowEndMarker) {
                // this is an error
                this.flowLevel = 0;
                yield cst.FLOW_END;
                return yield* this.parseLineStart();
            }
        }
        let n = 0;
        while (line[n] === ',') {
            n += yield* this.pushCount(1);
            n += yield* this.pushSpaces(true);
            this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line[n]) {
            case undefined:
                return 'flow';
            case '#':
                yield* this.pushCount(line.length - n);
                return 'flow';
            case '{':
            case '[':
                yield* this.pushCount(1);
                this.flowKey = false;
                this.flowLevel += 1;
                return 'flow';
            case '}':
            case ']':
                yield* this.pushCount(1);
                this.flowKey = true;
                this.flowLevel -= 1;
                return this.flowLevel ? 'flow' : 'doc';
            case '*':
                yield* this.pushUntil(isNotAnchorChar);
                return 'flow';
            case '"':
            case "'":
                this.flowKey = true;
                return yield* this.parseQuotedScalar();
            case ':': {
                const next = this.charAt(1);
                if (this.flowKey || isEmpty(next) || next === ',') {
                    this.flowKey = false;
                    yield* this.pushCount(1);
                    yield* this.pushSpaces(true);
                    return 'flow';
                }
            }
            // fallthrough
            default:
                this.flowKey = false;
                return yield* this.parsePlainScalar();
        }
    }
    *parseQuotedScalar() {
        const quote = this.charAt(0);
        let end = this.buffer.indexOf(quote, this.pos + 1);
        if (quote === "'") {
            while (end !== -1 && this.buffer[end + 1] === "'")
                end = this.buffer.indexOf("'", end + 2);
        }
        else {
            // double-quote
            while (end !== -1) {
                let n = 0;
                while (this.buffer[end - 1 - n] === '\\')
                    n += 1;
                if (n % 2 === 0)
                    break;
                end = this.buffer.indexOf('"', end + 1);
            }
        }
        // Only looking for newlines within the quotes
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf('\n', this.pos);
        if (nl !== -1) {
            while (nl !== -1) {
                const cs = this.continueScalar(nl + 1);
                if (cs === -1)
                    break;
                nl = qb.indexOf('\n', cs);
            }
            if (nl !== -1) {
                // this is an error caused by an unexpected unindent
                end = nl - (qb[nl - 1] === '\r' ? 2 : 1);
            }
        }
        if (end === -1) {
            if (!this.atEnd)
                return this.setNext('quoted-scalar');
            end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? 'flow' : 'doc';
    }
    *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
            const ch = this.buffer[++i];
            if (ch === '+')
                this.blockScalarKeep = true;
            else if (ch > '0' && ch <= '9')
                this.blockScalarIndent = Number(ch) - 1;
            else if (ch !== '-')
                break;
        }
        return yield* this.pushUntil(ch => isEmpty(ch) || ch === '#');
    }
    *parseBlockScalar() {
        let nl = this.pos - 1; // may be -1 if this.pos === 0
        let indent = 0;
        let ch;
        loop: for (let i = this.pos; (ch = this.buffer[i]); ++i) {
            switch (ch) {
                case ' ':
                    indent += 1;
                    break;
                case '\n':
                    nl = i;
                    indent = 0;
                    break;
                case '\r': {
                    const next = this.buffer[i + 1];
                    if (!next && !this.atEnd)
                        return this.setNext('block-scalar');
                    if (next === '\n')
                        break;
                } // fallthrough
                default:
                    break loop;
            }
        }
        if (!ch && !this.atEnd)
            return this.setNext('block-scalar');
        if (indent >= this.indentNext) {
            if (this.blockScalarIndent === -1)
                this.indentNext = indent;
            else {
                this.indentNext =
                    this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
            }
            do {
                const cs = this.continueScalar(nl + 1);
                if (cs === -1)
                    break;
                nl = this.buffer.indexOf('\n', cs);
            } while (nl !== -1);
            if (nl === -1) {
                if (!this.atEnd)
                    return this.setNext('block-scalar');
                nl = this.buffer.length;
            }
        }
        // Trailing insufficiently indented tabs are invalid.
        // To catch that during parsing, we include them in the block scalar value.
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === ' ')
            ch = this.buffer[++i];
        if (ch === '\t') {
            while (ch === '\t' || ch === ' ' || ch === '\r' || ch === '\n')
                ch = this.buffer[++i];
            nl = i - 1;
        }
        else if (!this.blockScalarKeep) {
            do {
                let i = nl - 1;
                let ch = this.buffer[i];
                if (ch === '\r')
                    ch = this.buffer[--i];
                const lastChar = i; // Drop the line if last char not more indented
                while (ch === ' ')
                    ch = this.buffer[--i];
                if (ch === '\n' && i >= this.pos && i + 1 + indent > lastChar)
                    nl = i;
                else
                    break;
            } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
    }
    *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while ((ch = this.buffer[++i])) {
            if (ch === ':') {
                const next = this.buffer[i + 1];
                if (isEmpty(next) || (inFlow && flowIndicatorChars.has(next)))
                    break;
                end = i;
            }
            else if (isEmpty(ch)) {
                let next = this.buffer[i + 1];
                if (ch === '\r') {
                    if (next === '\n') {
                        i += 1;
                        ch = '\n';
                        next = this.buffer[i + 1];
                    }
                    else
                        end = i;
                }
                if (next === '#' || (inFlow && flowIndicatorChars.has(next)))
                    break;
                if (ch === '\n') {
                    const cs = this.continueScalar(i + 1);
                    if (cs === -1)
                        break;
                    i = Math.max(i, cs - 2); // to advance, but still account for ' #'
                }
            }
            else {
                if (inFlow && flowIndicatorChars.has(ch))
                    break;
                end = i;
            }
        }
        if (!ch && !this.atEnd)
            return this.setNext('plain-scalar');
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? 'flow' : 'doc';
    }
    *pushCount(n) {
        if (n > 0) {
            yield this.buffer.substr(this.pos, n);
            this.pos += n;
            return n;
        }
        return 0;
    }
    *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
            yield s;
            this.pos += s.length;
            return s.length;
        }
        else if (allowEmpty)
            yield '';
        return 0;
    }
    *pushIndicators() {
        let n = 0;
        loop: while (true) {
            switch (this.charAt(0)) {
                case '!':
                    n += yield* this.pushTag();
                    n += yield* this.pushSpaces(true);
                    continue loop;
                case '&':
                    n += yield* this.pushUntil(isNotAnchorChar);
                    n += yield* this.pushSpaces(true);
                    continue loop;
                case '-': // this is an error
                case '?': // this is an error outside flow collections
                case ':': {
                    const inFlow = this.flowLevel > 0;
                    const ch1 = this.charAt(1);
                    if (isEmpty(ch1) || (inFlow && flowIndicatorChars.has(ch1))) {
                        if (!inFlow)
                            this.indentNext = this.indentValue + 1;
                        else if (this.flowKey)
                            this.flowKey = false;
                        n += yield* this.pushCount(1);
                        n += yield* this.pushSpaces(true);
                        continue loop;
                    }
                }
            }
            break loop;
        }
        return n;
    }
    *pushTag() {
        if (this.charAt(1) === '<') {
            let i = this.pos + 2;
            let ch = this.buffer[i];
            while (!isEmpty(ch) && ch !== '>')
                ch = this.buffer[++i];
            return yield* this.pushToIndex(ch === '>' ? i + 1 : i, false);
        }
        else {
            let i = this.pos + 1;
            let ch = this.buffer[i];
            while (ch) {
                if (tagChars.has(ch))
                    ch = this.buffer[++i];
                else if (ch === '%' &&
                    hexDigits.has(this.buffer[i + 1]) &&
                    hexDigits.has(this.buffer[i + 2])) {
                    ch = this.buffer[(i += 3)];
                }
                else
                    break;
            }
            return yield* this.pushToIndex(i, false);
        }
    }
    *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === '\n')
            return yield* this.pushCount(1);
        else if (ch === '\r' && this.charAt(1) === '\n')
            return yield* this.pushCount(2);
        else
            return 0;
    }
    *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
            ch = this.buffer[++i];
        } while (ch === ' ' || (allowTabs && ch === '\t'));
        const n = i - this.pos;
        if (n > 0) {
            yield this.buffer.substr(this.pos, n);
            this.pos = i;
        }
        return n;
    }
    *pushUntil(test) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test(ch))
            ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
    }
}

exports.Lexer = Lexer;


/***/ }),

/***/ 2808:
/***/ ((__unused_webpack_module, exports) => {



/**
 * Tracks newlines during parsing in order to provide an efficient API for
 * determining the one-indexed `{ line, col }` position for any offset
 * within the input.
 */
class LineCounter {
    constructor() {
        this.lineStarts = [];
        /**
         * Should be called in ascending order. Otherwise, call
         * `lineCounter.lineStarts.sort()` before calling `linePos()`.
         */
        this.addNewLine = (offset) => this.lineStarts.push(offset);
        /**
         * Performs a binary search and returns the 1-indexed { line, col }
         * position of `offset`. If `line === 0`, `addNewLine` has never been
         * called or `offset` is before the first known newline.
         */
        this.linePos = (offset) => {
            let low = 0;
            let high = this.lineStarts.length;
            while (low < high) {
                const mid = (low + high) >> 1; // Math.floor((low + high) / 2)
                if (this.lineStarts[mid] < offset)
                    low = mid + 1;
                else
                    high = mid;
            }
            if (this.lineStarts[low] === offset)
                return { line: low + 1, col: 1 };
            if (low === 0)
                return { line: 0, col: offset };
            const start = this.lineStarts[low - 1];
            return { line: low, col: offset - start + 1 };
        };
    }
}

exports.LineCounter = LineCounter;


/***/ }),

/***/ 3124:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_process = __nccwpck_require__(932);
var cst = __nccwpck_require__(3921);
var lexer = __nccwpck_require__(1893);

function includesToken(list, type) {
    for (let i = 0; i < list.length; ++i)
        if (list[i].type === type)
            return true;
    return false;
}
function findNonEmptyIndex(list) {
    for (let i = 0; i < list.length; ++i) {
        switch (list[i].type) {
            case 'space':
            case 'comment':
            case 'newline':
                break;
            default:
                return i;
        }
    }
    return -1;
}
function isFlowToken(token) {
    switch (token?.type) {
        case 'alias':
        case 'scalar':
        case 'single-quoted-scalar':
        case 'double-quoted-scalar':
        case 'flow-collection':
            return true;
        default:
            return false;
    }
}
function getPrevProps(parent) {
    switch (parent.type) {
        case 'document':
            return parent.start;
        case 'block-map': {
            const it = parent.items[parent.items.length - 1];
            return it.sep ?? it.start;
        }
        case 'block-seq':
            return parent.items[parent.items.length - 1].start;
        /* istanbul ignore next should not happen */
        default:
            return [];
    }
}
/** Note: May modify input array */
function getFirstKeyStartProps(prev) {
    if (prev.length === 0)
        return [];
    let i = prev.length;
    loop: while (--i >= 0) {
        switch (prev[i].type) {
            case 'doc-start':
            case 'explicit-key-ind':
            case 'map-value-ind':
            case 'seq-item-ind':
            case 'newline':
                break loop;
        }
    }
    while (prev[++i]?.type === 'space') {
        /* loop */
    }
    return prev.splice(i, prev.length);
}
function arrayPushArray(target, source) {
    // May exhaust call stack with large `source` array
    if (source.length < 1e5)
        Array.prototype.push.apply(target, source);
    else
        for (let i = 0; i < source.length; ++i)
            target.push(source[i]);
}
function fixFlowSeqItems(fc) {
    if (fc.start.type === 'flow-seq-start') {
        for (const it of fc.items) {
            if (it.sep &&
                !it.value &&
                !includesToken(it.start, 'explicit-key-ind') &&
                !includesToken(it.sep, 'map-value-ind')) {
                if (it.key)
                    it.value = it.key;
                delete it.key;
                if (isFlowToken(it.value)) {
                    if (it.value.end)
                        arrayPushArray(it.value.end, it.sep);
                    else
                        it.value.end = it.sep;
                }
                else
                    arrayPushArray(it.start, it.sep);
                delete it.sep;
            }
        }
    }
}
/**
 * A YAML concrete syntax tree (CST) parser
 *
 * ```ts
 * const src: string = ...
 * for (const token of new Parser().parse(src)) {
 *   // token: Token
 * }
 * ```
 *
 * To use the parser with a user-provided lexer:
 *
 * ```ts
 * function* parse(source: string, lexer: Lexer) {
 *   const parser = new Parser()
 *   for (const lexeme of lexer.lex(source))
 *     yield* parser.next(lexeme)
 *   yield* parser.end()
 * }
 *
 * const src: string = ...
 * const lexer = new Lexer()
 * for (const token of parse(src, lexer)) {
 *   // token: Token
 * }
 * ```
 */
class Parser {
    /**
     * @param onNewLine - If defined, called separately with the start position of
     *   each new line (in `parse()`, including the start of input).
     */
    constructor(onNewLine) {
        /** If true, space and sequence indicators count as indentation */
        this.atNewLine = true;
        /** If true, next token is a scalar value */
        this.atScalar = false;
        /** Current indentation level */
        this.indent = 0;
        /** Current offset since the start of parsing */
        this.offset = 0;
        /** On the same line with a block map key */
        this.onKeyLine = false;
        /** Top indicates the node that's currently being built */
        this.stack = [];
        /** The source of the current token, set in parse() */
        this.source = '';
        /** The type of the current token, set in parse() */
        this.type = '';
        // Must be defined after `next()`
        this.lexer = new lexer.Lexer();
        this.onNewLine = onNewLine;
    }
    /**
     * Parse `source` as a YAML stream.
     * If `incomplete`, a part of the last line may be left as a buffer for the next call.
     *
     * Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
     *
     * @returns A generator of tokens representing each directive, document, and other structure.
     */
    *parse(source, incomplete = false) {
        if (this.onNewLine && this.offset === 0)
            this.onNewLine(0);
        for (const lexeme of this.lexer.lex(source, incomplete))
            yield* this.next(lexeme);
        if (!incomplete)
            yield* this.end();
    }
    /**
     * Advance the parser by the `source` of one lexical token.
     */
    *next(source) {
        this.source = source;
        if (node_process.env.LOG_TOKENS)
            console.log('|', cst.prettyToken(source));
        if (this.atScalar) {
            this.atScalar = false;
            yield* this.step();
            this.offset += source.length;
            return;
        }
        const type = cst.tokenType(source);
        if (!type) {
            const message = `Not a YAML token: ${source}`;
            yield* this.pop({ type: 'error', offset: this.offset, message, source });
            this.offset += source.length;
        }
        else if (type === 'scalar') {
            this.atNewLine = false;
            this.atScalar = true;
            this.type = 'scalar';
        }
        else {
            this.type = type;
            yield* this.step();
            switch (type) {
                case 'newline':
                    this.atNewLine = true;
                    this.indent = 0;
                    if (this.onNewLine)
                        this.onNewLine(this.offset + source.length);
                    break;
                case 'space':
                    if (this.atNewLine && source[0] === ' ')
                        this.indent += source.length;
                    break;
                case 'explicit-key-ind':
                case 'map-value-ind':
                case 'seq-item-ind':
                    if (this.atNewLine)
                        this.indent += source.length;
                    break;
                case 'doc-mode':
                case 'flow-error-end':
                    return;
                default:
                    this.atNewLine = false;
            }
            this.offset += source.length;
        }
    }
    /** Call at end of input to push out any remaining constructions */
    *end() {
        while (this.stack.length > 0)
            yield* this.pop();
    }
    get sourceToken() {
        const st = {
            type: this.type,
            offset: this.offset,
            indent: this.indent,
            source: this.source
        };
        return st;
    }
    *step() {
        const top = this.peek(1);
        if (this.type === 'doc-end' && top?.type !== 'doc-end') {
            while (this.stack.length > 0)
                yield* this.pop();
            this.stack.push({
                type: 'doc-end',
                offset: this.offset,
                source: this.source
            });
            return;
        }
        if (!top)
            return yield* this.stream();
        switch (top.type) {
            case 'document':
                return yield* this.document(top);
            case 'alias':
            case 'scalar':
            case 'single-quoted-scalar':
            case 'double-quoted-scalar':
                return yield* this.scalar(top);
            case 'block-scalar':
                return yield* this.blockScalar(top);
            case 'block-map':
                return yield* this.blockMap(top);
            case 'block-seq':
                return yield* this.blockSequence(top);
            case 'flow-collection':
                return yield* this.flowCollection(top);
            case 'doc-end':
                return yield* this.documentEnd(top);
        }
        /* istanbul ignore next should not happen */
        yield* this.pop();
    }
    peek(n) {
        return this.stack[this.stack.length - n];
    }
    *pop(error) {
        const token = error ?? this.stack.pop();
        /* istanbul ignore if should not happen */
        if (!token) {
            const message = 'Tried to pop an empty stack';
            yield { type: 'error', offset: this.offset, source: '', message };
        }
        else if (this.stack.length === 0) {
            yield token;
        }
        else {
            const top = this.peek(1);
            if (token.type === 'block-scalar') {
                // Block scalars use their parent rather than header indent
                token.indent = 'indent' in top ? top.indent : 0;
            }
            else if (token.type === 'flow-collection' && top.type === 'document') {
                // Ignore all indent for top-level flow collections
                token.indent = 0;
            }
            if (token.type === 'flow-collection')
                fixFlowSeqItems(token);
            switch (top.type) {
                case 'document':
                    top.value = token;
                    break;
                case 'block-scalar':
                    top.props.push(token); // error
                    break;
                case 'block-map': {
                    const it = top.items[top.items.length - 1];
                    if (it.value) {
                        top.items.push({ start: [], key: token, sep: [] });
                        this.onKeyLine = true;
                        return;
                    }
                    else if (it.sep) {
                        it.value = token;
                    }
                    else {
                        Object.assign(it, { key: token, sep: [] });
                        this.onKeyLine = !it.explicitKey;
                        return;
                    }
                    break;
                }
                case 'block-seq': {
                    const it = top.items[top.items.length - 1];
                    if (it.value)
                        top.items.push({ start: [], value: token });
                    else
                        it.value = token;
                    break;
                }
                case 'flow-collection': {
                    const it = top.items[top.items.length - 1];
                    if (!it || it.value)
                        top.items.push({ start: [], key: token, sep: [] });
                    else if (it.sep)
                        it.value = token;
                    else
                        Object.assign(it, { key: token, sep: [] });
                    return;
                }
                /* istanbul ignore next should not happen */
                default:
                    yield* this.pop();
                    yield* this.pop(token);
            }
            if ((top.type === 'document' ||
                top.type === 'block-map' ||
                top.type === 'block-seq') &&
                (token.type === 'block-map' || token.type === 'block-seq')) {
                const last = token.items[token.items.length - 1];
                if (last &&
                    !last.sep &&
                    !last.value &&
                    last.start.length > 0 &&
                    findNonEmptyIndex(last.start) === -1 &&
                    (token.indent === 0 ||
                        last.start.every(st => st.type !== 'comment' || st.indent < token.indent))) {
                    if (top.type === 'document')
                        top.end = last.start;
                    else
                        top.items.push({ start: last.start });
                    token.items.splice(-1, 1);
                }
            }
        }
    }
    *stream() {
        switch (this.type) {
            case 'directive-line':
                yield { type: 'directive', offset: this.offset, source: this.source };
                return;
            case 'byte-order-mark':
            case 'space':
            case 'comment':
            case 'newline':
                yield this.sourceToken;
                return;
            case 'doc-mode':
            case 'doc-start': {
                const doc = {
                    type: 'document',
                    offset: this.offset,
                    start: []
                };
                if (this.type === 'doc-start')
                    doc.start.push(this.sourceToken);
                this.stack.push(doc);
                return;
            }
        }
        yield {
            type: 'error',
            offset: this.offset,
            message: `Unexpected ${this.type} token in YAML stream`,
            source: this.source
        };
    }
    *document(doc) {
        if (doc.value)
            return yield* this.lineEnd(doc);
        switch (this.type) {
            case 'doc-start': {
                if (findNonEmptyIndex(doc.start) !== -1) {
                    yield* this.pop();
                    yield* this.step();
                }
                else
                    doc.start.push(this.sourceToken);
                return;
            }
            case 'anchor':
            case 'tag':
            case 'space':
            case 'comment':
            case 'newline':
                doc.start.push(this.sourceToken);
                return;
        }
        const bv = this.startBlockValue(doc);
        if (bv)
            this.stack.push(bv);
        else {
            yield {
                type: 'error',
                offset: this.offset,
                message: `Unexpected ${this.type} token in YAML document`,
                source: this.source
            };
        }
    }
    *scalar(scalar) {
        if (this.type === 'map-value-ind') {
            const prev = getPrevProps(this.peek(2));
            const start = getFirstKeyStartProps(prev);
            let sep;
            if (scalar.end) {
                sep = scalar.end;
                sep.push(this.sourceToken);
                delete scalar.end;
            }
            else
                sep = [this.sourceToken];
            const map = {
                type: 'block-map',
                offset: scalar.offset,
                indent: scalar.indent,
                items: [{ start, key: scalar, sep }]
            };
            this.onKeyLine = true;
            this.stack[this.stack.length - 1] = map;
        }
        else
            yield* this.lineEnd(scalar);
    }
    *blockScalar(scalar) {
        switch (this.type) {
            case 'space':
            case 'comment':
            case 'newline':
                scalar.props.push(this.sourceToken);
                return;
            case 'scalar':
                scalar.source = this.source;
                // block-scalar source includes trailing newline
                this.atNewLine = true;
                this.indent = 0;
                if (this.onNewLine) {
                    let nl = this.source.indexOf('\n') + 1;
                    while (nl !== 0) {
                        this.onNewLine(this.offset + nl);
                        nl = this.source.indexOf('\n', nl) + 1;
                    }
                }
                yield* this.pop();
                break;
            /* istanbul ignore next should not happen */
            default:
                yield* this.pop();
                yield* this.step();
        }
    }
    *blockMap(map) {
        const it = map.items[map.items.length - 1];
        // it.sep is true-ish if pair already has key or : separator
        switch (this.type) {
            case 'newline':
                this.onKeyLine = false;
                if (it.value) {
                    const end = 'end' in it.value ? it.value.end : undefined;
                    const last = Array.isArray(end) ? end[end.length - 1] : undefined;
                    if (last?.type === 'comment')
                        end?.push(this.sourceToken);
                    else
                        map.items.push({ start: [this.sourceToken] });
                }
                else if (it.sep) {
                    it.sep.push(this.sourceToken);
                }
                else {
                    it.start.push(this.sourceToken);
                }
                return;
            case 'space':
            case 'comment':
                if (it.value) {
                    map.items.push({ start: [this.sourceToken] });
                }
                else if (it.sep) {
                    it.sep.push(this.sourceToken);
                }
                else {
                    if (this.atIndentedComment(it.start, map.indent)) {
                        const prev = map.items[map.items.length - 2];
                        const end = prev?.value?.end;
                        if (Array.isArray(end)) {
                            arrayPushArray(end, it.start);
                            end.push(this.sourceToken);
                            map.items.pop();
                            return;
                        }
                    }
                    it.start.push(this.sourceToken);
                }
                return;
        }
        if (this.indent >= map.indent) {
            const atMapIndent = !this.onKeyLine && this.indent === map.indent;
            const atNextItem = atMapIndent &&
                (it.sep || it.explicitKey) &&
                this.type !== 'seq-item-ind';
            // For empty nodes, assign newline-separated not indented empty tokens to following node
            let start = [];
            if (atNextItem && it.sep && !it.value) {
                const nl = [];
                for (let i = 0; i < it.sep.length; ++i) {
                    const st = it.sep[i];
                    switch (st.type) {
                        case 'newline':
                            nl.push(i);
                            break;
                        case 'space':
                            break;
                        case 'comment':
                            if (st.indent > map.indent)
                                nl.length = 0;
                            break;
                        default:
                            nl.length = 0;
                    }
                }
                if (nl.length >= 2)
                    start = it.sep.splice(nl[1]);
            }
            switch (this.type) {
                case 'anchor':
                case 'tag':
                    if (atNextItem || it.value) {
                        start.push(this.sourceToken);
                        map.items.push({ start });
                        this.onKeyLine = true;
                    }
                    else if (it.sep) {
                        it.sep.push(this.sourceToken);
                    }
                    else {
                        it.start.push(this.sourceToken);
                    }
                    return;
                case 'explicit-key-ind':
                    if (!it.sep && !it.explicitKey) {
                        it.start.push(this.sourceToken);
                        it.explicitKey = true;
                    }
                    else if (atNextItem || it.value) {
                        start.push(this.sourceToken);
                        map.items.push({ start, explicitKey: true });
                    }
                    else {
                        this.stack.push({
                            type: 'block-map',
                            offset: this.offset,
                            indent: this.indent,
                            items: [{ start: [this.sourceToken], explicitKey: true }]
                        });
                    }
                    this.onKeyLine = true;
                    return;
                case 'map-value-ind':
                    if (it.explicitKey) {
                        if (!it.sep) {
                            if (includesToken(it.start, 'newline')) {
                                Object.assign(it, { key: null, sep: [this.sourceToken] });
                            }
                            else {
                                const start = getFirstKeyStartProps(it.start);
                                this.stack.push({
                                    type: 'block-map',
                                    offset: this.offset,
                                    indent: this.indent,
                                    items: [{ start, key: null, sep: [this.sourceToken] }]
                                });
                            }
                        }
                        else if (it.value) {
                            map.items.push({ start: [], key: null, sep: [this.sourceToken] });
                        }
                        else if (includesToken(it.sep, 'map-value-ind')) {
                            this.stack.push({
                                type: 'block-map',
                                offset: this.offset,
                                indent: this.indent,
                                items: [{ start, key: null, sep: [this.sourceToken] }]
                            });
                        }
                        else if (isFlowToken(it.key) &&
                            !includesToken(it.sep, 'newline')) {
                            const start = getFirstKeyStartProps(it.start);
                            const key = it.key;
                            const sep = it.sep;
                            sep.push(this.sourceToken);
                            // @ts-expect-error type guard is wrong here
                            delete it.key;
                            // @ts-expect-error type guard is wrong here
                            delete it.sep;
                            this.stack.push({
                                type: 'block-map',
                                offset: this.offset,
                                indent: this.indent,
                                items: [{ start, key, sep }]
                            });
                        }
                        else if (start.length > 0) {
                            // Not actually at next item
                            it.sep = it.sep.concat(start, this.sourceToken);
                        }
                        else {
                            it.sep.push(this.sourceToken);
                        }
                    }
                    else {
                        if (!it.sep) {
                            Object.assign(it, { key: null, sep: [this.sourceToken] });
                        }
                        else if (it.value || atNextItem) {
                            map.items.push({ start, key: null, sep: [this.sourceToken] });
                        }
                        else if (includesToken(it.sep, 'map-value-ind')) {
                            this.stack.push({
                                type: 'block-map',
                                offset: this.offset,
                                indent: this.indent,
                                items: [{ start: [], key: null, sep: [this.sourceToken] }]
                            });
                        }
                        else {
                            it.sep.push(this.sourceToken);
                        }
                    }
                    this.onKeyLine = true;
                    return;
                case 'alias':
                case 'scalar':
                case 'single-quoted-scalar':
                case 'double-quoted-scalar': {
                    const fs = this.flowScalar(this.type);
                    if (atNextItem || it.value) {
                        map.items.push({ start, key: fs, sep: [] });
                        this.onKeyLine = true;
                    }
                    else if (it.sep) {
                        this.stack.push(fs);
                    }
                    else {
                        Object.assign(it, { key: fs, sep: [] });
                        this.onKeyLine = true;
                    }
                    return;
                }
                default: {
                    const bv = this.startBlockValue(map);
                    if (bv) {
                        if (bv.type === 'block-seq') {
                            if (!it.explicitKey &&
                                it.sep &&
                                !includesToken(it.sep, 'newline')) {
                                yield* this.pop({
                                    type: 'error',
                                    offset: this.offset,
                                    message: 'Unexpected block-seq-ind on same line with key',
                                    source: this.source
                                });
                                return;
                            }
                        }
                        else if (atMapIndent) {
                            map.items.push({ start });
                        }
                        this.stack.push(bv);
                        return;
                    }
                }
            }
        }
        yield* this.pop();
        yield* this.step();
    }
    *blockSequence(seq) {
        const it = seq.items[seq.items.length - 1];
        switch (this.type) {
            case 'newline':
                if (it.value) {
                    const end = 'end' in it.value ? it.value.end : undefined;
                    const last = Array.isArray(end) ? end[end.length - 1] : undefined;
                    if (last?.type === 'comment')
                        end?.push(this.sourceToken);
                    else
                        seq.items.push({ start: [this.sourceToken] });
                }
                else
                    it.start.push(this.sourceToken);
                return;
            case 'space':
            case 'comment':
                if (it.value)
                    seq.items.push({ start: [this.sourceToken] });
                else {
                    if (this.atIndentedComment(it.start, seq.indent)) {
                        const prev = seq.items[seq.items.length - 2];
                        const end = prev?.value?.end;
                        if (Array.isArray(end)) {
                            arrayPushArray(end, it.start);
                            end.push(this.sourceToken);
                            seq.items.pop();
                            return;
                        }
                    }
                    it.start.push(this.sourceToken);
                }
                return;
            case 'anchor':
            case 'tag':
                if (it.value || this.indent <= seq.indent)
                    break;
                it.start.push(this.sourceToken);
                return;
            case 'seq-item-ind':
                if (this.indent !== seq.indent)
                    break;
                if (it.value || includesToken(it.start, 'seq-item-ind'))
                    seq.items.push({ start: [this.sourceToken] });
                else
                    it.start.push(this.sourceToken);
                return;
        }
        if (this.indent > seq.indent) {
            const bv = this.startBlockValue(seq);
            if (bv) {
                this.stack.push(bv);
                return;
            }
        }
        yield* this.pop();
        yield* this.step();
    }
    *flowCollection(fc) {
        const it = fc.items[fc.items.length - 1];
        if (this.type === 'flow-error-end') {
            let top;
            do {
                yield* this.pop();
                top = this.peek(1);
            } while (top?.type === 'flow-collection');
        }
        else if (fc.end.length === 0) {
            switch (this.type) {
                case 'comma':
                case 'explicit-key-ind':
                    if (!it || it.sep)
                        fc.items.push({ start: [this.sourceToken] });
                    else
                        it.start.push(this.sourceToken);
                    return;
                case 'map-value-ind':
                    if (!it || it.value)
                        fc.items.push({ start: [], key: null, sep: [this.sourceToken] });
                    else if (it.sep)
                        it.sep.push(this.sourceToken);
                    else
                        Object.assign(it, { key: null, sep: [this.sourceToken] });
                    return;
                case 'space':
                case 'comment':
                case 'newline':
                case 'anchor':
                case 'tag':
                    if (!it || it.value)
                        fc.items.push({ start: [this.sourceToken] });
                    else if (it.sep)
                        it.sep.push(this.sourceToken);
                    else
                        it.start.push(this.sourceToken);
                    return;
                case 'alias':
                case 'scalar':
                case 'single-quoted-scalar':
                case 'double-quoted-scalar': {
                    const fs = this.flowScalar(this.type);
                    if (!it || it.value)
                        fc.items.push({ start: [], key: fs, sep: [] });
                    else if (it.sep)
                        this.stack.push(fs);
                    else
                        Object.assign(it, { key: fs, sep: [] });
                    return;
                }
                case 'flow-map-end':
                case 'flow-seq-end':
                    fc.end.push(this.sourceToken);
                    return;
            }
            const bv = this.startBlockValue(fc);
            /* istanbul ignore else should not happen */
            if (bv)
                this.stack.push(bv);
            else {
                yield* this.pop();
                yield* this.step();
            }
        }
        else {
            const parent = this.peek(2);
            if (parent.type === 'block-map' &&
                ((this.type === 'map-value-ind' && parent.indent === fc.indent) ||
                    (this.type === 'newline' &&
                        !parent.items[parent.items.length - 1].sep))) {
                yield* this.pop();
                yield* this.step();
            }
            else if (this.type === 'map-value-ind' &&
                parent.type !== 'flow-collection') {
                const prev = getPrevProps(parent);
                const start = getFirstKeyStartProps(prev);
                fixFlowSeqItems(fc);
                const sep = fc.end.splice(1, fc.end.length);
                sep.push(this.sourceToken);
                const map = {
                    type: 'block-map',
                    offset: fc.offset,
                    indent: fc.indent,
                    items: [{ start, key: fc, sep }]
                };
                this.onKeyLine = true;
                this.stack[this.stack.length - 1] = map;
            }
            else {
                yield* this.lineEnd(fc);
            }
        }
    }
    flowScalar(type) {
        if (this.onNewLine) {
            let nl = this.source.indexOf('\n') + 1;
            while (nl !== 0) {
                this.onNewLine(this.offset + nl);
                nl = this.source.indexOf('\n', nl) + 1;
            }
        }
        return {
            type,
            offset: this.offset,
            indent: this.indent,
            source: this.source
        };
    }
    startBlockValue(parent) {
        switch (this.type) {
            case 'alias':
            case 'scalar':
            case 'single-quoted-scalar':
            case 'double-quoted-scalar':
                return this.flowScalar(this.type);
            case 'block-scalar-header':
                return {
                    type: 'block-scalar',
                    offset: this.offset,
                    indent: this.indent,
                    props: [this.sourceToken],
                    source: ''
                };
            case 'flow-map-start':
            case 'flow-seq-start':
                return {
                    type: 'flow-collection',
                    offset: this.offset,
                    indent: this.indent,
                    start: this.sourceToken,
                    items: [],
                    end: []
                };
            case 'seq-item-ind':
                return {
                    type: 'block-seq',
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: [this.sourceToken] }]
                };
            case 'explicit-key-ind': {
                this.onKeyLine = true;
                const prev = getPrevProps(parent);
                const start = getFirstKeyStartProps(prev);
                start.push(this.sourceToken);
                return {
                    type: 'block-map',
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start, explicitKey: true }]
                };
            }
            case 'map-value-ind': {
                this.onKeyLine = true;
                const prev = getPrevProps(parent);
                const start = getFirstKeyStartProps(prev);
                return {
                    type: 'block-map',
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start, key: null, sep: [this.sourceToken] }]
                };
            }
        }
        return null;
    }
    atIndentedComment(start, indent) {
        if (this.type !== 'comment')
            return false;
        if (this.indent <= indent)
            return false;
        return start.every(st => st.type === 'newline' || st.type === 'space');
    }
    *documentEnd(docEnd) {
        if (this.type !== 'doc-mode') {
            if (docEnd.end)
                docEnd.end.push(this.sourceToken);
            else
                docEnd.end = [this.sourceToken];
            if (this.type === 'newline')
                yield* this.pop();
        }
    }
    *lineEnd(token) {
        switch (this.type) {
            case 'comma':
            case 'doc-start':
            case 'doc-end':
            case 'flow-seq-end':
            case 'flow-map-end':
            case 'map-value-ind':
                yield* this.pop();
                yield* this.step();
                break;
            case 'newline':
                this.onKeyLine = false;
            // fallthrough
            case 'space':
            case 'comment':
            default:
                // all other values are errors
                if (token.end)
                    token.end.push(this.sourceToken);
                else
                    token.end = [this.sourceToken];
                if (this.type === 'newline')
                    yield* this.pop();
        }
    }
}

exports.Parser = Parser;


/***/ }),

/***/ 4563:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var composer = __nccwpck_require__(4260);
var Document = __nccwpck_require__(7977);
var errors = __nccwpck_require__(7460);
var log = __nccwpck_require__(6669);
var identity = __nccwpck_require__(1891);
var lineCounter = __nccwpck_require__(2808);
var parser = __nccwpck_require__(3124);

function parseOptions(options) {
    const prettyErrors = options.prettyErrors !== false;
    const lineCounter$1 = options.lineCounter || (prettyErrors && new lineCounter.LineCounter()) || null;
    return { lineCounter: lineCounter$1, prettyErrors };
}
/**
 * Parse the input as a stream of YAML documents.
 *
 * Documents should be separated from each other by `...` or `---` marker lines.
 *
 * @returns If an empty `docs` array is returned, it will be of type
 *   EmptyStream and contain additional stream information. In
 *   TypeScript, you should use `'empty' in docs` as a type guard for it.
 */
function parseAllDocuments(source, options = {}) {
    const { lineCounter, prettyErrors } = parseOptions(options);
    const parser$1 = new parser.Parser(lineCounter?.addNewLine);
    const composer$1 = new composer.Composer(options);
    const docs = Array.from(composer$1.compose(parser$1.parse(source)));
    if (prettyErrors && lineCounter)
        for (const doc of docs) {
            doc.errors.forEach(errors.prettifyError(source, lineCounter));
            doc.warnings.forEach(errors.prettifyError(source, lineCounter));
        }
    if (docs.length > 0)
        return docs;
    return Object.assign([], { empty: true }, composer$1.streamInfo());
}
/** Parse an input string into a single YAML.Document */
function parseDocument(source, options = {}) {
    const { lineCounter, prettyErrors } = parseOptions(options);
    const parser$1 = new parser.Parser(lineCounter?.addNewLine);
    const composer$1 = new composer.Composer(options);
    // `doc` is always set by compose.end(true) at the very latest
    let doc = null;
    for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) {
        if (!doc)
            doc = _doc;
        else if (doc.options.logLevel !== 'silent') {
            doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), 'MULTIPLE_DOCS', 'Source contains multiple documents; please use YAML.parseAllDocuments()'));
            break;
        }
    }
    if (prettyErrors && lineCounter) {
        doc.errors.forEach(errors.prettifyError(source, lineCounter));
        doc.warnings.forEach(errors.prettifyError(source, lineCounter));
    }
    return doc;
}
function parse(src, reviver, options) {
    let _reviver = undefined;
    if (typeof reviver === 'function') {
        _reviver = reviver;
    }
    else if (options === undefined && reviver && typeof reviver === 'object') {
        options = reviver;
    }
    const doc = parseDocument(src, options);
    if (!doc)
        return null;
    doc.warnings.forEach(warning => log.warn(doc.options.logLevel, warning));
    if (doc.errors.length > 0) {
        if (doc.options.logLevel !== 'silent')
            throw doc.errors[0];
        else
            doc.errors = [];
    }
    return doc.toJS(Object.assign({ reviver: _reviver }, options));
}
function stringify(value, replacer, options) {
    let _replacer = null;
    if (typeof replacer === 'function' || Array.isArray(replacer)) {
        _replacer = replacer;
    }
    else if (options === undefined && replacer) {
        options = replacer;
    }
    if (typeof options === 'string')
        options = options.length;
    if (typeof options === 'number') {
        const indent = Math.round(options);
        options = indent < 1 ? undefined : indent > 8 ? { indent: 8 } : { indent };
    }
    if (value === undefined) {
        const { keepUndefined } = options ?? replacer ?? {};
        if (!keepUndefined)
            return undefined;
    }
    if (identity.isDocument(value) && !_replacer)
        return value.toString(options);
    return new Document.Document(value, _replacer, options).toString(options);
}

exports.parse = parse;
exports.parseAllDocuments = parseAllDocuments;
exports.parseDocument = parseDocument;
exports.stringify = stringify;


/***/ }),

/***/ 1148:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var map = __nccwpck_require__(1231);
var seq = __nccwpck_require__(814);
var string = __nccwpck_require__(3724);
var tags = __nccwpck_require__(8478);

const sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
class Schema {
    constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
        this.compat = Array.isArray(compat)
            ? tags.getTags(compat, 'compat')
            : compat
                ? tags.getTags(null, compat)
                : null;
        this.name = (typeof schema === 'string' && schema) || 'core';
        this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
        this.tags = tags.getTags(customTags, this.name, merge);
        this.toStringOptions = toStringDefaults ?? null;
        Object.defineProperty(this, identity.MAP, { value: map.map });
        Object.defineProperty(this, identity.SCALAR, { value: string.string });
        Object.defineProperty(this, identity.SEQ, { value: seq.seq });
        // Used by createMap()
        this.sortMapEntries =
            typeof sortMapEntries === 'function'
                ? sortMapEntries
                : sortMapEntries === true
                    ? sortMapEntriesByKey
                    : null;
    }
    clone() {
        const copy = Object.create(Schema.prototype, Object.getOwnPropertyDescriptors(this));
        copy.tags = this.tags.slice();
        return copy;
    }
}

exports.Schema = Schema;


/***/ }),

/***/ 1231:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var YAMLMap = __nccwpck_require__(2938);

const map = {
    collection: 'map',
    default: true,
    nodeClass: YAMLMap.YAMLMap,
    tag: 'tag:yaml.org,2002:map',
    resolve(map, onError) {
        if (!identity.isMap(map))
            onError('Expected a mapping for this tag');
        return map;
    },
    createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
};

exports.map = map;


/***/ }),

/***/ 5940:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(4305);

const nullTag = {
    identify: value => value == null,
    createNode: () => new Scalar.Scalar(null),
    default: true,
    tag: 'tag:yaml.org,2002:null',
    test: /^(?:~|[Nn]ull|NULL)?$/,
    resolve: () => new Scalar.Scalar(null),
    stringify: ({ source }, ctx) => typeof source === 'string' && nullTag.test.test(source)
        ? source
        : ctx.options.nullStr
};

exports.nullTag = nullTag;


/***/ }),

/***/ 814:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var YAMLSeq = __nccwpck_require__(3571);

const seq = {
    collection: 'seq',
    default: true,
    nodeClass: YAMLSeq.YAMLSeq,
    tag: 'tag:yaml.org,2002:seq',
    resolve(seq, onError) {
        if (!identity.isSeq(seq))
            onError('Expected a sequence for this tag');
        return seq;
    },
    createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
};

exports.seq = seq;


/***/ }),

/***/ 3724:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyString = __nccwpck_require__(3665);

const string = {
    identify: value => typeof value === 'string',
    default: true,
    tag: 'tag:yaml.org,2002:str',
    resolve: str => str,
    stringify(item, ctx, onComment, onChompKeep) {
        ctx = Object.assign({ actualString: true }, ctx);
        return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
    }
};

exports.string = string;


/***/ }),

/***/ 5579:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(4305);

const boolTag = {
    identify: value => typeof value === 'boolean',
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
    resolve: str => new Scalar.Scalar(str[0] === 't' || str[0] === 'T'),
    stringify({ source, value }, ctx) {
        if (source && boolTag.test.test(source)) {
            const sv = source[0] === 't' || source[0] === 'T';
            if (value === sv)
                return source;
        }
        return value ? ctx.options.trueStr : ctx.options.falseStr;
    }
};

exports.boolTag = boolTag;


/***/ }),

/***/ 1433:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(4305);
var stringifyNumber = __nccwpck_require__(3677);

const floatNaN = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
    resolve: str => str.slice(-3).toLowerCase() === 'nan'
        ? NaN
        : str[0] === '-'
            ? Number.NEGATIVE_INFINITY
            : Number.POSITIVE_INFINITY,
    stringify: stringifyNumber.stringifyNumber
};
const floatExp = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    format: 'EXP',
    test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
    resolve: str => parseFloat(str),
    stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
    }
};
const float = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
    resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str));
        const dot = str.indexOf('.');
        if (dot !== -1 && str[str.length - 1] === '0')
            node.minFractionDigits = str.length - dot - 1;
        return node;
    },
    stringify: stringifyNumber.stringifyNumber
};

exports.float = float;
exports.floatExp = floatExp;
exports.floatNaN = floatNaN;


/***/ }),

/***/ 2790:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyNumber = __nccwpck_require__(3677);

const intIdentify = (value) => typeof value === 'bigint' || Number.isInteger(value);
const intResolve = (str, offset, radix, { intAsBigInt }) => (intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix));
function intStringify(node, radix, prefix) {
    const { value } = node;
    if (intIdentify(value) && value >= 0)
        return prefix + value.toString(radix);
    return stringifyNumber.stringifyNumber(node);
}
const intOct = {
    identify: value => intIdentify(value) && value >= 0,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'OCT',
    test: /^0o[0-7]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
    stringify: node => intStringify(node, 8, '0o')
};
const int = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    test: /^[-+]?[0-9]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
    stringify: stringifyNumber.stringifyNumber
};
const intHex = {
    identify: value => intIdentify(value) && value >= 0,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'HEX',
    test: /^0x[0-9a-fA-F]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
    stringify: node => intStringify(node, 16, '0x')
};

exports.int = int;
exports.intHex = intHex;
exports.intOct = intOct;


/***/ }),

/***/ 9772:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var map = __nccwpck_require__(1231);
var _null = __nccwpck_require__(5940);
var seq = __nccwpck_require__(814);
var string = __nccwpck_require__(3724);
var bool = __nccwpck_require__(5579);
var float = __nccwpck_require__(1433);
var int = __nccwpck_require__(2790);

const schema = [
    map.map,
    seq.seq,
    string.string,
    _null.nullTag,
    bool.boolTag,
    int.intOct,
    int.int,
    int.intHex,
    float.floatNaN,
    float.floatExp,
    float.float
];

exports.schema = schema;


/***/ }),

/***/ 7331:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(4305);
var map = __nccwpck_require__(1231);
var seq = __nccwpck_require__(814);

function intIdentify(value) {
    return typeof value === 'bigint' || Number.isInteger(value);
}
const stringifyJSON = ({ value }) => JSON.stringify(value);
const jsonScalars = [
    {
        identify: value => typeof value === 'string',
        default: true,
        tag: 'tag:yaml.org,2002:str',
        resolve: str => str,
        stringify: stringifyJSON
    },
    {
        identify: value => value == null,
        createNode: () => new Scalar.Scalar(null),
        default: true,
        tag: 'tag:yaml.org,2002:null',
        test: /^null$/,
        resolve: () => null,
        stringify: stringifyJSON
    },
    {
        identify: value => typeof value === 'boolean',
        default: true,
        tag: 'tag:yaml.org,2002:bool',
        test: /^true$|^false$/,
        resolve: str => str === 'true',
        stringify: stringifyJSON
    },
    {
        identify: intIdentify,
        default: true,
        tag: 'tag:yaml.org,2002:int',
        test: /^-?(?:0|[1-9][0-9]*)$/,
        resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
        stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
    },
    {
        identify: value => typeof value === 'number',
        default: true,
        tag: 'tag:yaml.org,2002:float',
        test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
        resolve: str => parseFloat(str),
        stringify: stringifyJSON
    }
];
const jsonError = {
    default: true,
    tag: '',
    test: /^/,
    resolve(str, onError) {
        onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
        return str;
    }
};
const schema = [map.map, seq.seq].concat(jsonScalars, jsonError);

exports.schema = schema;


/***/ }),

/***/ 8478:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var map = __nccwpck_require__(1231);
var _null = __nccwpck_require__(5940);
var seq = __nccwpck_require__(814);
var string = __nccwpck_require__(3724);
var bool = __nccwpck_require__(5579);
var float = __nccwpck_require__(1433);
var int = __nccwpck_require__(2790);
var schema = __nccwpck_require__(9772);
var schema$1 = __nccwpck_require__(7331);
var binary = __nccwpck_require__(743);
var merge = __nccwpck_require__(4376);
var omap = __nccwpck_require__(6683);
var pairs = __nccwpck_require__(7221);
var schema$2 = __nccwpck_require__(3381);
var set = __nccwpck_require__(5340);
var timestamp = __nccwpck_require__(3932);

const schemas = new Map([
    ['core', schema.schema],
    ['failsafe', [map.map, seq.seq, string.string]],
    ['json', schema$1.schema],
    ['yaml11', schema$2.schema],
    ['yaml-1.1', schema$2.schema]
]);
const tagsByName = {
    binary: binary.binary,
    bool: bool.boolTag,
    float: float.float,
    floatExp: float.floatExp,
    floatNaN: float.floatNaN,
    floatTime: timestamp.floatTime,
    int: int.int,
    intHex: int.intHex,
    intOct: int.intOct,
    intTime: timestamp.intTime,
    map: map.map,
    merge: merge.merge,
    null: _null.nullTag,
    omap: omap.omap,
    pairs: pairs.pairs,
    seq: seq.seq,
    set: set.set,
    timestamp: timestamp.timestamp
};
const coreKnownTags = {
    'tag:yaml.org,2002:binary': binary.binary,
    'tag:yaml.org,2002:merge': merge.merge,
    'tag:yaml.org,2002:omap': omap.omap,
    'tag:yaml.org,2002:pairs': pairs.pairs,
    'tag:yaml.org,2002:set': set.set,
    'tag:yaml.org,2002:timestamp': timestamp.timestamp
};
function getTags(customTags, schemaName, addMergeTag) {
    const schemaTags = schemas.get(schemaName);
    if (schemaTags && !customTags) {
        return addMergeTag && !schemaTags.includes(merge.merge)
            ? schemaTags.concat(merge.merge)
            : schemaTags.slice();
    }
    let tags = schemaTags;
    if (!tags) {
        if (Array.isArray(customTags))
            tags = [];
        else {
            const keys = Array.from(schemas.keys())
                .filter(key => key !== 'yaml11')
                .map(key => JSON.stringify(key))
                .join(', ');
            throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
        }
    }
    if (Array.isArray(customTags)) {
        for (const tag of customTags)
            tags = tags.concat(tag);
    }
    else if (typeof customTags === 'function') {
        tags = customTags(tags.slice());
    }
    if (addMergeTag)
        tags = tags.concat(merge.merge);
    return tags.reduce((tags, tag) => {
        const tagObj = typeof tag === 'string' ? tagsByName[tag] : tag;
        if (!tagObj) {
            const tagName = JSON.stringify(tag);
            const keys = Object.keys(tagsByName)
                .map(key => JSON.stringify(key))
                .join(', ');
            throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
        }
        if (!tags.includes(tagObj))
            tags.push(tagObj);
        return tags;
    }, []);
}

exports.coreKnownTags = coreKnownTags;
exports.getTags = getTags;


/***/ }),

/***/ 743:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_buffer = __nccwpck_require__(181);
var Scalar = __nccwpck_require__(4305);
var stringifyString = __nccwpck_require__(3665);

const binary = {
    identify: value => value instanceof Uint8Array, // Buffer inherits from Uint8Array
    default: false,
    tag: 'tag:yaml.org,2002:binary',
    /**
     * Returns a Buffer in node and an Uint8Array in browsers
     *
     * To use the resulting buffer as an image, you'll want to do something like:
     *
     *   const blob = new Blob([buffer], { type: 'image/jpeg' })
     *   document.querySelector('#photo').src = URL.createObjectURL(blob)
     */
    resolve(src, onError) {
        if (typeof node_buffer.Buffer === 'function') {
            return node_buffer.Buffer.from(src, 'base64');
        }
        else if (typeof atob === 'function') {
            // On IE 11, atob() can't handle newlines
            const str = atob(src.replace(/[\n\r]/g, ''));
            const buffer = new Uint8Array(str.length);
            for (let i = 0; i < str.length; ++i)
                buffer[i] = str.charCodeAt(i);
            return buffer;
        }
        else {
            onError('This environment does not support reading binary tags; either Buffer or atob is required');
            return src;
        }
    },
    stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
        if (!value)
            return '';
        const buf = value; // checked earlier by binary.identify()
        let str;
        if (typeof node_buffer.Buffer === 'function') {
            str =
                buf instanceof node_buffer.Buffer
                    ? buf.toString('base64')
                    : node_buffer.Buffer.from(buf.buffer).toString('base64');
        }
        else if (typeof btoa === 'function') {
            let s = '';
            for (let i = 0; i < buf.length; ++i)
                s += String.fromCharCode(buf[i]);
            str = btoa(s);
        }
        else {
            throw new Error('This environment does not support writing binary tags; either Buffer or btoa is required');
        }
        type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
        if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
            const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
            const n = Math.ceil(str.length / lineWidth);
            const lines = new Array(n);
            for (let i = 0, o = 0; i < n; ++i, o += lineWidth) {
                lines[i] = str.substr(o, lineWidth);
            }
            str = lines.join(type === Scalar.Scalar.BLOCK_LITERAL ? '\n' : ' ');
        }
        return stringifyString.stringifyString({ comment, type, value: str }, ctx, onComment, onChompKeep);
    }
};

exports.binary = binary;


/***/ }),

/***/ 8514:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(4305);

function boolStringify({ value, source }, ctx) {
    const boolObj = value ? trueTag : falseTag;
    if (source && boolObj.test.test(source))
        return source;
    return value ? ctx.options.trueStr : ctx.options.falseStr;
}
const trueTag = {
    identify: value => value === true,
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
    resolve: () => new Scalar.Scalar(true),
    stringify: boolStringify
};
const falseTag = {
    identify: value => value === false,
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
    resolve: () => new Scalar.Scalar(false),
    stringify: boolStringify
};

exports.falseTag = falseTag;
exports.trueTag = trueTag;


/***/ }),

/***/ 2026:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(4305);
var stringifyNumber = __nccwpck_require__(3677);

const floatNaN = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
    resolve: (str) => str.slice(-3).toLowerCase() === 'nan'
        ? NaN
        : str[0] === '-'
            ? Number.NEGATIVE_INFINITY
            : Number.POSITIVE_INFINITY,
    stringify: stringifyNumber.stringifyNumber
};
const floatExp = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    format: 'EXP',
    test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
    resolve: (str) => parseFloat(str.replace(/_/g, '')),
    stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
    }
};
const float = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
    resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, '')));
        const dot = str.indexOf('.');
        if (dot !== -1) {
            const f = str.substring(dot + 1).replace(/_/g, '');
            if (f[f.length - 1] === '0')
                node.minFractionDigits = f.length;
        }
        return node;
    },
    stringify: stringifyNumber.stringifyNumber
};

exports.float = float;
exports.floatExp = floatExp;
exports.floatNaN = floatNaN;


/***/ }),

/***/ 7149:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyNumber = __nccwpck_require__(3677);

const intIdentify = (value) => typeof value === 'bigint' || Number.isInteger(value);
function intResolve(str, offset, radix, { intAsBigInt }) {
    const sign = str[0];
    if (sign === '-' || sign === '+')
        offset += 1;
    str = str.substring(offset).replace(/_/g, '');
    if (intAsBigInt) {
        switch (radix) {
            case 2:
                str = `0b${str}`;
                break;
            case 8:
                str = `0o${str}`;
                break;
            case 16:
                str = `0x${str}`;
                break;
        }
        const n = BigInt(str);
        return sign === '-' ? BigInt(-1) * n : n;
    }
    const n = parseInt(str, radix);
    return sign === '-' ? -1 * n : n;
}
function intStringify(node, radix, prefix) {
    const { value } = node;
    if (intIdentify(value)) {
        const str = value.toString(radix);
        return value < 0 ? '-' + prefix + str.substr(1) : prefix + str;
    }
    return stringifyNumber.stringifyNumber(node);
}
const intBin = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'BIN',
    test: /^[-+]?0b[0-1_]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
    stringify: node => intStringify(node, 2, '0b')
};
const intOct = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'OCT',
    test: /^[-+]?0[0-7_]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
    stringify: node => intStringify(node, 8, '0')
};
const int = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    test: /^[-+]?[0-9][0-9_]*$/,
    resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
    stringify: stringifyNumber.stringifyNumber
};
const intHex = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'HEX',
    test: /^[-+]?0x[0-9a-fA-F_]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
    stringify: node => intStringify(node, 16, '0x')
};

exports.int = int;
exports.intBin = intBin;
exports.intHex = intHex;
exports.intOct = intOct;


/***/ }),

/***/ 4376:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var Scalar = __nccwpck_require__(4305);

// If the value associated with a merge key is a single mapping node, each of
// its key/value pairs is inserted into the current mapping, unless the key
// already exists in it. If the value associated with the merge key is a
// sequence, then this sequence is expected to contain mapping nodes and each
// of these nodes is merged in turn according to its order in the sequence.
// Keys in mapping nodes earlier in the sequence override keys specified in
// later mapping nodes. -- http://yaml.org/type/merge.html
const MERGE_KEY = '<<';
const merge = {
    identify: value => value === MERGE_KEY ||
        (typeof value === 'symbol' && value.description === MERGE_KEY),
    default: 'key',
    tag: 'tag:yaml.org,2002:merge',
    test: /^<<$/,
    resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), {
        addToJSMap: addMergeToJSMap
    }),
    stringify: () => MERGE_KEY
};
const isMergeKey = (ctx, key) => (merge.identify(key) ||
    (identity.isScalar(key) &&
        (!key.type || key.type === Scalar.Scalar.PLAIN) &&
        merge.identify(key.value))) &&
    ctx?.doc.schema.tags.some(tag => tag.tag === merge.tag && tag.default);
function addMergeToJSMap(ctx, map, value) {
    const source = resolveAliasValue(ctx, value);
    if (identity.isSeq(source))
        for (const it of source.items)
            mergeValue(ctx, map, it);
    else if (Array.isArray(source))
        for (const it of source)
            mergeValue(ctx, map, it);
    else
        mergeValue(ctx, map, source);
}
function mergeValue(ctx, map, value) {
    const source = resolveAliasValue(ctx, value);
    if (!identity.isMap(source))
        throw new Error('Merge sources must be maps or map aliases');
    const srcMap = source.toJSON(null, ctx, Map);
    for (const [key, value] of srcMap) {
        if (map instanceof Map) {
            if (!map.has(key))
                map.set(key, value);
        }
        else if (map instanceof Set) {
            map.add(key);
        }
        else if (!Object.prototype.hasOwnProperty.call(map, key)) {
            Object.defineProperty(map, key, {
                value,
                writable: true,
                enumerable: true,
                configurable: true
            });
        }
    }
    return map;
}
function resolveAliasValue(ctx, value) {
    return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
}

exports.addMergeToJSMap = addMergeToJSMap;
exports.isMergeKey = isMergeKey;
exports.merge = merge;


/***/ }),

/***/ 6683:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var toJS = __nccwpck_require__(3119);
var YAMLMap = __nccwpck_require__(2938);
var YAMLSeq = __nccwpck_require__(3571);
var pairs = __nccwpck_require__(7221);

class YAMLOMap extends YAMLSeq.YAMLSeq {
    constructor() {
        super();
        this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
        this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
        this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
        this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
        this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
        this.tag = YAMLOMap.tag;
    }
    /**
     * If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
     * but TypeScript won't allow widening the signature of a child method.
     */
    toJSON(_, ctx) {
        if (!ctx)
            return super.toJSON(_);
        const map = new Map();
        if (ctx?.onCreate)
            ctx.onCreate(map);
        for (const pair of this.items) {
            let key, value;
            if (identity.isPair(pair)) {
                key = toJS.toJS(pair.key, '', ctx);
                value = toJS.toJS(pair.value, key, ctx);
            }
            else {
                key = toJS.toJS(pair, '', ctx);
            }
            if (map.has(key))
                throw new Error('Ordered maps must not include duplicate keys');
            map.set(key, value);
        }
        return map;
    }
    static from(schema, iterable, ctx) {
        const pairs$1 = pairs.createPairs(schema, iterable, ctx);
        const omap = new this();
        omap.items = pairs$1.items;
        return omap;
    }
}
YAMLOMap.tag = 'tag:yaml.org,2002:omap';
const omap = {
    collection: 'seq',
    identify: value => value instanceof Map,
    nodeClass: YAMLOMap,
    default: false,
    tag: 'tag:yaml.org,2002:omap',
    resolve(seq, onError) {
        const pairs$1 = pairs.resolvePairs(seq, onError);
        const seenKeys = [];
        for (const { key } of pairs$1.items) {
            if (identity.isScalar(key)) {
                if (seenKeys.includes(key.value)) {
                    onError(`Ordered maps must not include duplicate keys: ${key.value}`);
                }
                else {
                    seenKeys.push(key.value);
                }
            }
        }
        return Object.assign(new YAMLOMap(), pairs$1);
    },
    createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
};

exports.YAMLOMap = YAMLOMap;
exports.omap = omap;


/***/ }),

/***/ 7221:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var Pair = __nccwpck_require__(5153);
var Scalar = __nccwpck_require__(4305);
var YAMLSeq = __nccwpck_require__(3571);

function resolvePairs(seq, onError) {
    if (identity.isSeq(seq)) {
        for (let i = 0; i < seq.items.length; ++i) {
            let item = seq.items[i];
            if (identity.isPair(item))
                continue;
            else if (identity.isMap(item)) {
                if (item.items.length > 1)
                    onError('Each pair must have its own sequence indicator');
                const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
                if (item.commentBefore)
                    pair.key.commentBefore = pair.key.commentBefore
                        ? `${item.commentBefore}\n${pair.key.commentBefore}`
                        : item.commentBefore;
                if (item.comment) {
                    const cn = pair.value ?? pair.key;
                    cn.comment = cn.comment
                        ? `${item.comment}\n${cn.comment}`
                        : item.comment;
                }
                item = pair;
            }
            seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
        }
    }
    else
        onError('Expected a sequence for this tag');
    return seq;
}
function createPairs(schema, iterable, ctx) {
    const { replacer } = ctx;
    const pairs = new YAMLSeq.YAMLSeq(schema);
    pairs.tag = 'tag:yaml.org,2002:pairs';
    let i = 0;
    if (iterable && Symbol.iterator in Object(iterable))
        for (let it of iterable) {
            if (typeof replacer === 'function')
                it = replacer.call(iterable, String(i++), it);
            let key, value;
            if (Array.isArray(it)) {
                if (it.length === 2) {
                    key = it[0];
                    value = it[1];
                }
                else
                    throw new TypeError(`Expected [key, value] tuple: ${it}`);
            }
            else if (it && it instanceof Object) {
                const keys = Object.keys(it);
                if (keys.length === 1) {
                    key = keys[0];
                    value = it[key];
                }
                else {
                    throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
                }
            }
            else {
                key = it;
            }
            pairs.items.push(Pair.createPair(key, value, ctx));
        }
    return pairs;
}
const pairs = {
    collection: 'seq',
    default: false,
    tag: 'tag:yaml.org,2002:pairs',
    resolve: resolvePairs,
    createNode: createPairs
};

exports.createPairs = createPairs;
exports.pairs = pairs;
exports.resolvePairs = resolvePairs;


/***/ }),

/***/ 3381:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var map = __nccwpck_require__(1231);
var _null = __nccwpck_require__(5940);
var seq = __nccwpck_require__(814);
var string = __nccwpck_require__(3724);
var binary = __nccwpck_require__(743);
var bool = __nccwpck_require__(8514);
var float = __nccwpck_require__(2026);
var int = __nccwpck_require__(7149);
var merge = __nccwpck_require__(4376);
var omap = __nccwpck_require__(6683);
var pairs = __nccwpck_require__(7221);
var set = __nccwpck_require__(5340);
var timestamp = __nccwpck_require__(3932);

const schema = [
    map.map,
    seq.seq,
    string.string,
    _null.nullTag,
    bool.trueTag,
    bool.falseTag,
    int.intBin,
    int.intOct,
    int.int,
    int.intHex,
    float.floatNaN,
    float.floatExp,
    float.float,
    binary.binary,
    merge.merge,
    omap.omap,
    pairs.pairs,
    set.set,
    timestamp.intTime,
    timestamp.floatTime,
    timestamp.timestamp
];

exports.schema = schema;


/***/ }),

/***/ 5340:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var Pair = __nccwpck_require__(5153);
var YAMLMap = __nccwpck_require__(2938);

class YAMLSet extends YAMLMap.YAMLMap {
    constructor(schema) {
        super(schema);
        this.tag = YAMLSet.tag;
    }
    add(key) {
        let pair;
        if (identity.isPair(key))
            pair = key;
        else if (key &&
            typeof key === 'object' &&
            'key' in key &&
            'value' in key &&
            key.value === null)
            pair = new Pair.Pair(key.key, null);
        else
            pair = new Pair.Pair(key, null);
        const prev = YAMLMap.findPair(this.items, pair.key);
        if (!prev)
            this.items.push(pair);
    }
    /**
     * If `keepPair` is `true`, returns the Pair matching `key`.
     * Otherwise, returns the value of that Pair's key.
     */
    get(key, keepPair) {
        const pair = YAMLMap.findPair(this.items, key);
        return !keepPair && identity.isPair(pair)
            ? identity.isScalar(pair.key)
                ? pair.key.value
                : pair.key
            : pair;
    }
    set(key, value) {
        if (typeof value !== 'boolean')
            throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
        const prev = YAMLMap.findPair(this.items, key);
        if (prev && !value) {
            this.items.splice(this.items.indexOf(prev), 1);
        }
        else if (!prev && value) {
            this.items.push(new Pair.Pair(key));
        }
    }
    toJSON(_, ctx) {
        return super.toJSON(_, ctx, Set);
    }
    toString(ctx, onComment, onChompKeep) {
        if (!ctx)
            return JSON.stringify(this);
        if (this.hasAllNullValues(true))
            return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
        else
            throw new Error('Set items must all have null values');
    }
    static from(schema, iterable, ctx) {
        const { replacer } = ctx;
        const set = new this(schema);
        if (iterable && Symbol.iterator in Object(iterable))
            for (let value of iterable) {
                if (typeof replacer === 'function')
                    value = replacer.call(iterable, value, value);
                set.items.push(Pair.createPair(value, null, ctx));
            }
        return set;
    }
}
YAMLSet.tag = 'tag:yaml.org,2002:set';
const set = {
    collection: 'map',
    identify: value => value instanceof Set,
    nodeClass: YAMLSet,
    default: false,
    tag: 'tag:yaml.org,2002:set',
    createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
    resolve(map, onError) {
        if (identity.isMap(map)) {
            if (map.hasAllNullValues(true))
                return Object.assign(new YAMLSet(), map);
            else
                onError('Set items must all have null values');
        }
        else
            onError('Expected a mapping for this tag');
        return map;
    }
};

exports.YAMLSet = YAMLSet;
exports.set = set;


/***/ }),

/***/ 3932:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyNumber = __nccwpck_require__(3677);

/** Internal types handle bigint as number, because TS can't figure it out. */
function parseSexagesimal(str, asBigInt) {
    const sign = str[0];
    const parts = sign === '-' || sign === '+' ? str.substring(1) : str;
    const num = (n) => asBigInt ? BigInt(n) : Number(n);
    const res = parts
        .replace(/_/g, '')
        .split(':')
        .reduce((res, p) => res * num(60) + num(p), num(0));
    return (sign === '-' ? num(-1) * res : res);
}
/**
 * hhhh:mm:ss.sss
 *
 * Internal types handle bigint as number, because TS can't figure it out.
 */
function stringifySexagesimal(node) {
    let { value } = node;
    let num = (n) => n;
    if (typeof value === 'bigint')
        num = n => BigInt(n);
    else if (isNaN(value) || !isFinite(value))
        return stringifyNumber.stringifyNumber(node);
    let sign = '';
    if (value < 0) {
        sign = '-';
        value *= num(-1);
    }
    const _60 = num(60);
    const parts = [value % _60]; // seconds, including ms
    if (value < 60) {
        parts.unshift(0); // at least one : is required
    }
    else {
        value = (value - parts[0]) / _60;
        parts.unshift(value % _60); // minutes
        if (value >= 60) {
            value = (value - parts[0]) / _60;
            parts.unshift(value); // hours
        }
    }
    return (sign +
        parts
            .map(n => String(n).padStart(2, '0'))
            .join(':')
            .replace(/000000\d*$/, '') // % 60 may introduce error
    );
}
const intTime = {
    identify: value => typeof value === 'bigint' || Number.isInteger(value),
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'TIME',
    test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
    resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
    stringify: stringifySexagesimal
};
const floatTime = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    format: 'TIME',
    test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
    resolve: str => parseSexagesimal(str, false),
    stringify: stringifySexagesimal
};
const timestamp = {
    identify: value => value instanceof Date,
    default: true,
    tag: 'tag:yaml.org,2002:timestamp',
    // If the time zone is omitted, the timestamp is assumed to be specified in UTC. The time part
    // may be omitted altogether, resulting in a date format. In such a case, the time part is
    // assumed to be 00:00:00Z (start of day, UTC).
    test: RegExp('^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})' + // YYYY-Mm-Dd
        '(?:' + // time is optional
        '(?:t|T|[ \\t]+)' + // t | T | whitespace
        '([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)' + // Hh:Mm:Ss(.ss)?
        '(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?' + // Z | +5 | -03:30
        ')?$'),
    resolve(str) {
        const match = str.match(timestamp.test);
        if (!match)
            throw new Error('!!timestamp expects a date, starting with yyyy-mm-dd');
        const [, year, month, day, hour, minute, second] = match.map(Number);
        const millisec = match[7] ? Number((match[7] + '00').substr(1, 3)) : 0;
        let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
        const tz = match[8];
        if (tz && tz !== 'Z') {
            let d = parseSexagesimal(tz, false);
            if (Math.abs(d) < 30)
                d *= 60;
            date -= 60000 * d;
        }
        return new Date(date);
    },
    stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, '') ?? ''
};

exports.floatTime = floatTime;
exports.intTime = intTime;
exports.timestamp = timestamp;


/***/ }),

/***/ 6767:
/***/ ((__unused_webpack_module, exports) => {



const FOLD_FLOW = 'flow';
const FOLD_BLOCK = 'block';
const FOLD_QUOTED = 'quoted';
/**
 * Tries to keep input at up to `lineWidth` characters, splitting only on spaces
 * not followed by newlines or spaces unless `mode` is `'quoted'`. Lines are
 * terminated with `\n` and started with `indent`.
 */
function foldFlowLines(text, indent, mode = 'flow', { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
    if (!lineWidth || lineWidth < 0)
        return text;
    if (lineWidth < minContentWidth)
        minContentWidth = 0;
    const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
    if (text.length <= endStep)
        return text;
    const folds = [];
    const escapedFolds = {};
    let end = lineWidth - indent.length;
    if (typeof indentAtStart === 'number') {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
            folds.push(0);
        else
            end = lineWidth - indentAtStart;
    }
    let split = undefined;
    let prev = undefined;
    let overflow = false;
    let i = -1;
    let escStart = -1;
    let escEnd = -1;
    if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text, i, indent.length);
        if (i !== -1)
            end = i + endStep;
    }
    for (let ch; (ch = text[(i += 1)]);) {
        if (mode === FOLD_QUOTED && ch === '\\') {
            escStart = i;
            switch (text[i + 1]) {
                case 'x':
                    i += 3;
                    break;
                case 'u':
                    i += 5;
                    break;
                case 'U':
                    i += 9;
                    break;
                default:
                    i += 1;
            }
            escEnd = i;
        }
        if (ch === '\n') {
            if (mode === FOLD_BLOCK)
                i = consumeMoreIndentedLines(text, i, indent.length);
            end = i + indent.length + endStep;
            split = undefined;
        }
        else {
            if (ch === ' ' &&
                prev &&
                prev !== ' ' &&
                prev !== '\n' &&
                prev !== '\t') {
                // space surrounded by non-space can be replaced with newline + indent
                const next = text[i + 1];
                if (next && next !== ' ' && next !== '\n' && next !== '\t')
                    split = i;
            }
            if (i >= end) {
                if (split) {
                    folds.push(split);
                    end = split + endStep;
                    split = undefined;
                }
                else if (mode === FOLD_QUOTED) {
                    // white-space collected at end may stretch past lineWidth
                    while (prev === ' ' || prev === '\t') {
                        prev = ch;
                        ch = text[(i += 1)];
                        overflow = true;
                    }
                    // Account for newline escape, but don't break preceding escape
                    const j = i > escEnd + 1 ? i - 2 : escStart - 1;
                    // Bail out if lineWidth & minContentWidth are shorter than an escape string
                    if (escapedFolds[j])
                        return text;
                    folds.push(j);
                    escapedFolds[j] = true;
                    end = j + endStep;
                    split = undefined;
                }
                else {
                    overflow = true;
                }
            }
        }
        prev = ch;
    }
    if (overflow && onOverflow)
        onOverflow();
    if (folds.length === 0)
        return text;
    if (onFold)
        onFold();
    let res = text.slice(0, folds[0]);
    for (let i = 0; i < folds.length; ++i) {
        const fold = folds[i];
        const end = folds[i + 1] || text.length;
        if (fold === 0)
            res = `\n${indent}${text.slice(0, end)}`;
        else {
            if (mode === FOLD_QUOTED && escapedFolds[fold])
                res += `${text[fold]}\\`;
            res += `\n${indent}${text.slice(fold + 1, end)}`;
        }
    }
    return res;
}
/**
 * Presumes `i + 1` is at the start of a line
 * @returns index of last newline in more-indented block
 */
function consumeMoreIndentedLines(text, i, indent) {
    let end = i;
    let start = i + 1;
    let ch = text[start];
    while (ch === ' ' || ch === '\t') {
        if (i < start + indent) {
            ch = text[++i];
        }
        else {
            do {
                ch = text[++i];
            } while (ch && ch !== '\n');
            end = i;
            start = i + 1;
            ch = text[start];
        }
    }
    return end;
}

exports.FOLD_BLOCK = FOLD_BLOCK;
exports.FOLD_FLOW = FOLD_FLOW;
exports.FOLD_QUOTED = FOLD_QUOTED;
exports.foldFlowLines = foldFlowLines;


/***/ }),

/***/ 3376:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var anchors = __nccwpck_require__(7048);
var identity = __nccwpck_require__(1891);
var stringifyComment = __nccwpck_require__(2875);
var stringifyString = __nccwpck_require__(3665);

function createStringifyContext(doc, options) {
    const opt = Object.assign({
        blockQuote: true,
        commentString: stringifyComment.stringifyComment,
        defaultKeyType: null,
        defaultStringType: 'PLAIN',
        directives: null,
        doubleQuotedAsJSON: false,
        doubleQuotedMinMultiLineLength: 40,
        falseStr: 'false',
        flowCollectionPadding: true,
        indentSeq: true,
        lineWidth: 80,
        minContentWidth: 20,
        nullStr: 'null',
        simpleKeys: false,
        singleQuote: null,
        trailingComma: false,
        trueStr: 'true',
        verifyAliasOrder: true
    }, doc.schema.toStringOptions, options);
    let inFlow;
    switch (opt.collectionStyle) {
        case 'block':
            inFlow = false;
            break;
        case 'flow':
            inFlow = true;
            break;
        default:
            inFlow = null;
    }
    return {
        anchors: new Set(),
        doc,
        flowCollectionPadding: opt.flowCollectionPadding ? ' ' : '',
        indent: '',
        indentStep: typeof opt.indent === 'number' ? ' '.repeat(opt.indent) : '  ',
        inFlow,
        options: opt
    };
}
function getTagObject(tags, item) {
    if (item.tag) {
        const match = tags.filter(t => t.tag === item.tag);
        if (match.length > 0)
            return match.find(t => t.format === item.format) ?? match[0];
    }
    let tagObj = undefined;
    let obj;
    if (identity.isScalar(item)) {
        obj = item.value;
        let match = tags.filter(t => t.identify?.(obj));
        if (match.length > 1) {
            const testMatch = match.filter(t => t.test);
            if (testMatch.length > 0)
                match = testMatch;
        }
        tagObj =
            match.find(t => t.format === item.format) ?? match.find(t => !t.format);
    }
    else {
        obj = item;
        tagObj = tags.find(t => t.nodeClass && obj instanceof t.nodeClass);
    }
    if (!tagObj) {
        const name = obj?.constructor?.name ?? (obj === null ? 'null' : typeof obj);
        throw new Error(`Tag not resolved for ${name} value`);
    }
    return tagObj;
}
// needs to be called before value stringifier to allow for circular anchor refs
function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
    if (!doc.directives)
        return '';
    const props = [];
    const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
    if (anchor && anchors.anchorIsValid(anchor)) {
        anchors$1.add(anchor);
        props.push(`&${anchor}`);
    }
    const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
    if (tag)
        props.push(doc.directives.tagString(tag));
    return props.join(' ');
}
function stringify(item, ctx, onComment, onChompKeep) {
    if (identity.isPair(item))
        return item.toString(ctx, onComment, onChompKeep);
    if (identity.isAlias(item)) {
        if (ctx.doc.directives)
            return item.toString(ctx);
        if (ctx.resolvedAliases?.has(item)) {
            throw new TypeError(`Cannot stringify circular structure without alias nodes`);
        }
        else {
            if (ctx.resolvedAliases)
                ctx.resolvedAliases.add(item);
            else
                ctx.resolvedAliases = new Set([item]);
            item = item.resolve(ctx.doc);
        }
    }
    let tagObj = undefined;
    const node = identity.isNode(item)
        ? item
        : ctx.doc.createNode(item, { onTagObj: o => (tagObj = o) });
    tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
    const props = stringifyProps(node, tagObj, ctx);
    if (props.length > 0)
        ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
    const str = typeof tagObj.stringify === 'function'
        ? tagObj.stringify(node, ctx, onComment, onChompKeep)
        : identity.isScalar(node)
            ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep)
            : node.toString(ctx, onComment, onChompKeep);
    if (!props)
        return str;
    return identity.isScalar(node) || str[0] === '{' || str[0] === '['
        ? `${props} ${str}`
        : `${props}\n${ctx.indent}${str}`;
}

exports.createStringifyContext = createStringifyContext;
exports.stringify = stringify;


/***/ }),

/***/ 3008:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var stringify = __nccwpck_require__(3376);
var stringifyComment = __nccwpck_require__(2875);

function stringifyCollection(collection, ctx, options) {
    const flow = ctx.inFlow ?? collection.flow;
    const stringify = flow ? stringifyFlowCollection : stringifyBlockCollection;
    return stringify(collection, ctx, options);
}
function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
    const { indent, options: { commentString } } = ctx;
    const itemCtx = Object.assign({}, ctx, { indent: itemIndent, type: null });
    let chompKeep = false; // flag for the preceding node's status
    const lines = [];
    for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
            if (!chompKeep && item.spaceBefore)
                lines.push('');
            addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
            if (item.comment)
                comment = item.comment;
        }
        else if (identity.isPair(item)) {
            const ik = identity.isNode(item.key) ? item.key : null;
            if (ik) {
                if (!chompKeep && ik.spaceBefore)
                    lines.push('');
                addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
            }
        }
        chompKeep = false;
        let str = stringify.stringify(item, itemCtx, () => (comment = null), () => (chompKeep = true));
        if (comment)
            str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        if (chompKeep && comment)
            chompKeep = false;
        lines.push(blockItemPrefix + str);
    }
    let str;
    if (lines.length === 0) {
        str = flowChars.start + flowChars.end;
    }
    else {
        str = lines[0];
        for (let i = 1; i < lines.length; ++i) {
            const line = lines[i];
            str += line ? `\n${indent}${line}` : '\n';
        }
    }
    if (comment) {
        str += '\n' + stringifyComment.indentComment(commentString(comment), indent);
        if (onComment)
            onComment();
    }
    else if (chompKeep && onChompKeep)
        onChompKeep();
    return str;
}
function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
    const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
    itemIndent += indentStep;
    const itemCtx = Object.assign({}, ctx, {
        indent: itemIndent,
        inFlow: true,
        type: null
    });
    let reqNewline = false;
    let linesAtValue = 0;
    const lines = [];
    for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
            if (item.spaceBefore)
                lines.push('');
            addCommentBefore(ctx, lines, item.commentBefore, false);
            if (item.comment)
                comment = item.comment;
        }
        else if (identity.isPair(item)) {
            const ik = identity.isNode(item.key) ? item.key : null;
            if (ik) {
                if (ik.spaceBefore)
                    lines.push('');
                addCommentBefore(ctx, lines, ik.commentBefore, false);
                if (ik.comment)
                    reqNewline = true;
            }
            const iv = identity.isNode(item.value) ? item.value : null;
            if (iv) {
                if (iv.comment)
                    comment = iv.comment;
                if (iv.commentBefore)
                    reqNewline = true;
            }
            else if (item.value == null && ik?.comment) {
                comment = ik.comment;
            }
        }
        if (comment)
            reqNewline = true;
        let str = stringify.stringify(item, itemCtx, () => (comment = null));
        reqNewline || (reqNewline = lines.length > linesAtValue || str.includes('\n'));
        if (i < items.length - 1) {
            str += ',';
        }
        else if (ctx.options.trailingComma) {
            if (ctx.options.lineWidth > 0) {
                reqNewline || (reqNewline = lines.reduce((sum, line) => sum + line.length + 2, 2) +
                    (str.length + 2) >
                    ctx.options.lineWidth);
            }
            if (reqNewline) {
                str += ',';
            }
        }
        if (comment)
            str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        lines.push(str);
        linesAtValue = lines.length;
    }
    const { start, end } = flowChars;
    if (lines.length === 0) {
        return start + end;
    }
    else {
        if (!reqNewline) {
            const len = lines.reduce((sum, line) => sum + line.length + 2, 2);
            reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
        }
        if (reqNewline) {
            let str = start;
            for (const line of lines)
                str += line ? `\n${indentStep}${indent}${line}` : '\n';
            return `${str}\n${indent}${end}`;
        }
        else {
            return `${start}${fcPadding}${lines.join(' ')}${fcPadding}${end}`;
        }
    }
}
function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
    if (comment && chompKeep)
        comment = comment.replace(/^\n+/, '');
    if (comment) {
        const ic = stringifyComment.indentComment(commentString(comment), indent);
        lines.push(ic.trimStart()); // Avoid double indent on first line
    }
}

exports.stringifyCollection = stringifyCollection;


/***/ }),

/***/ 2875:
/***/ ((__unused_webpack_module, exports) => {



/**
 * Stringifies a comment.
 *
 * Empty comment lines are left empty,
 * lines consisting of a single space are replaced by `#`,
 * and all other lines are prefixed with a `#`.
 */
const stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, '#');
function indentComment(comment, indent) {
    if (/^\n+$/.test(comment))
        return comment.substring(1);
    return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
}
const lineComment = (str, indent, comment) => str.endsWith('\n')
    ? indentComment(comment, indent)
    : comment.includes('\n')
        ? '\n' + indentComment(comment, indent)
        : (str.endsWith(' ') ? '' : ' ') + comment;

exports.indentComment = indentComment;
exports.lineComment = lineComment;
exports.stringifyComment = stringifyComment;


/***/ }),

/***/ 8577:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var stringify = __nccwpck_require__(3376);
var stringifyComment = __nccwpck_require__(2875);

function stringifyDocument(doc, options) {
    const lines = [];
    let hasDirectives = options.directives === true;
    if (options.directives !== false && doc.directives) {
        const dir = doc.directives.toString(doc);
        if (dir) {
            lines.push(dir);
            hasDirectives = true;
        }
        else if (doc.directives.docStart)
            hasDirectives = true;
    }
    if (hasDirectives)
        lines.push('---');
    const ctx = stringify.createStringifyContext(doc, options);
    const { commentString } = ctx.options;
    if (doc.commentBefore) {
        if (lines.length !== 1)
            lines.unshift('');
        const cs = commentString(doc.commentBefore);
        lines.unshift(stringifyComment.indentComment(cs, ''));
    }
    let chompKeep = false;
    let contentComment = null;
    if (doc.contents) {
        if (identity.isNode(doc.contents)) {
            if (doc.contents.spaceBefore && hasDirectives)
                lines.push('');
            if (doc.contents.commentBefore) {
                const cs = commentString(doc.contents.commentBefore);
                lines.push(stringifyComment.indentComment(cs, ''));
            }
            // top-level block scalars need to be indented if followed by a comment
            ctx.forceBlockIndent = !!doc.comment;
            contentComment = doc.contents.comment;
        }
        const onChompKeep = contentComment ? undefined : () => (chompKeep = true);
        let body = stringify.stringify(doc.contents, ctx, () => (contentComment = null), onChompKeep);
        if (contentComment)
            body += stringifyComment.lineComment(body, '', commentString(contentComment));
        if ((body[0] === '|' || body[0] === '>') &&
            lines[lines.length - 1] === '---') {
            // Top-level block scalars with a preceding doc marker ought to use the
            // same line for their header.
            lines[lines.length - 1] = `--- ${body}`;
        }
        else
            lines.push(body);
    }
    else {
        lines.push(stringify.stringify(doc.contents, ctx));
    }
    if (doc.directives?.docEnd) {
        if (doc.comment) {
            const cs = commentString(doc.comment);
            if (cs.includes('\n')) {
                lines.push('...');
                lines.push(stringifyComment.indentComment(cs, ''));
            }
            else {
                lines.push(`... ${cs}`);
            }
        }
        else {
            lines.push('...');
        }
    }
    else {
        let dc = doc.comment;
        if (dc && chompKeep)
            dc = dc.replace(/^\n+/, '');
        if (dc) {
            if ((!chompKeep || contentComment) && lines[lines.length - 1] !== '')
                lines.push('');
            lines.push(stringifyComment.indentComment(commentString(dc), ''));
        }
    }
    return lines.join('\n') + '\n';
}

exports.stringifyDocument = stringifyDocument;


/***/ }),

/***/ 3677:
/***/ ((__unused_webpack_module, exports) => {



function stringifyNumber({ format, minFractionDigits, tag, value }) {
    if (typeof value === 'bigint')
        return String(value);
    const num = typeof value === 'number' ? value : Number(value);
    if (!isFinite(num))
        return isNaN(num) ? '.nan' : num < 0 ? '-.inf' : '.inf';
    let n = Object.is(value, -0) ? '-0' : JSON.stringify(value);
    if (!format &&
        minFractionDigits &&
        (!tag || tag === 'tag:yaml.org,2002:float') &&
        /^-?\d/.test(n) &&
        !n.includes('e')) {
        let i = n.indexOf('.');
        if (i < 0) {
            i = n.length;
            n += '.';
        }
        let d = minFractionDigits - (n.length - i - 1);
        while (d-- > 0)
            n += '0';
    }
    return n;
}

exports.stringifyNumber = stringifyNumber;


/***/ }),

/***/ 9392:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);
var Scalar = __nccwpck_require__(4305);
var stringify = __nccwpck_require__(3376);
var stringifyComment = __nccwpck_require__(2875);

function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
    const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
    let keyComment = (identity.isNode(key) && key.comment) || null;
    if (simpleKeys) {
        if (keyComment) {
            throw new Error('With simple keys, key nodes cannot have comments');
        }
        if (identity.isCollection(key) || (!identity.isNode(key) && typeof key === 'object')) {
            const msg = 'With simple keys, collection cannot be used as a key value';
            throw new Error(msg);
        }
    }
    let explicitKey = !simpleKeys &&
        (!key ||
            (keyComment && value == null && !ctx.inFlow) ||
            identity.isCollection(key) ||
            (identity.isScalar(key)
                ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL
                : typeof key === 'object'));
    ctx = Object.assign({}, ctx, {
        allNullValues: false,
        implicitKey: !explicitKey && (simpleKeys || !allNullValues),
        indent: indent + indentStep
    });
    let keyCommentDone = false;
    let chompKeep = false;
    let str = stringify.stringify(key, ctx, () => (keyCommentDone = true), () => (chompKeep = true));
    if (!explicitKey && !ctx.inFlow && str.length > 1024) {
        if (simpleKeys)
            throw new Error('With simple keys, single line scalar must not span more than 1024 characters');
        explicitKey = true;
    }
    if (ctx.inFlow) {
        if (allNullValues || value == null) {
            if (keyCommentDone && onComment)
                onComment();
            return str === '' ? '?' : explicitKey ? `? ${str}` : str;
        }
    }
    else if ((allNullValues && !simpleKeys) || (value == null && explicitKey)) {
        str = `? ${str}`;
        if (keyComment && !keyCommentDone) {
            str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        }
        else if (chompKeep && onChompKeep)
            onChompKeep();
        return str;
    }
    if (keyCommentDone)
        keyComment = null;
    if (explicitKey) {
        if (keyComment)
            str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        str = `? ${str}\n${indent}:`;
    }
    else {
        str = `${str}:`;
        if (keyComment)
            str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
    }
    let vsb, vcb, valueComment;
    if (identity.isNode(value)) {
        vsb = !!value.spaceBefore;
        vcb = value.commentBefore;
        valueComment = value.comment;
    }
    else {
        vsb = false;
        vcb = null;
        valueComment = null;
        if (value && typeof value === 'object')
            value = doc.createNode(value);
    }
    ctx.implicitKey = false;
    if (!explicitKey && !keyComment && identity.isScalar(value))
        ctx.indentAtStart = str.length + 1;
    chompKeep = false;
    if (!indentSeq &&
        indentStep.length >= 2 &&
        !ctx.inFlow &&
        !explicitKey &&
        identity.isSeq(value) &&
        !value.flow &&
        !value.tag &&
        !value.anchor) {
        // If indentSeq === false, consider '- ' as part of indentation where possible
        ctx.indent = ctx.indent.substring(2);
    }
    let valueCommentDone = false;
    const valueStr = stringify.stringify(value, ctx, () => (valueCommentDone = true), () => (chompKeep = true));
    let ws = ' ';
    if (keyComment || vsb || vcb) {
        ws = vsb ? '\n' : '';
        if (vcb) {
            const cs = commentString(vcb);
            ws += `\n${stringifyComment.indentComment(cs, ctx.indent)}`;
        }
        if (valueStr === '' && !ctx.inFlow) {
            if (ws === '\n' && valueComment)
                ws = '\n\n';
        }
        else {
            ws += `\n${ctx.indent}`;
        }
    }
    else if (!explicitKey && identity.isCollection(value)) {
        const vs0 = valueStr[0];
        const nl0 = valueStr.indexOf('\n');
        const hasNewline = nl0 !== -1;
        const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
        if (hasNewline || !flow) {
            let hasPropsLine = false;
            if (hasNewline && (vs0 === '&' || vs0 === '!')) {
                let sp0 = valueStr.indexOf(' ');
                if (vs0 === '&' &&
                    sp0 !== -1 &&
                    sp0 < nl0 &&
                    valueStr[sp0 + 1] === '!') {
                    sp0 = valueStr.indexOf(' ', sp0 + 1);
                }
                if (sp0 === -1 || nl0 < sp0)
                    hasPropsLine = true;
            }
            if (!hasPropsLine)
                ws = `\n${ctx.indent}`;
        }
    }
    else if (valueStr === '' || valueStr[0] === '\n') {
        ws = '';
    }
    str += ws + valueStr;
    if (ctx.inFlow) {
        if (valueCommentDone && onComment)
            onComment();
    }
    else if (valueComment && !valueCommentDone) {
        str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
    }
    else if (chompKeep && onChompKeep) {
        onChompKeep();
    }
    return str;
}

exports.stringifyPair = stringifyPair;


/***/ }),

/***/ 3665:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(4305);
var foldFlowLines = __nccwpck_require__(6767);

const getFoldOptions = (ctx, isBlock) => ({
    indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
    lineWidth: ctx.options.lineWidth,
    minContentWidth: ctx.options.minContentWidth
});
// Also checks for lines starting with %, as parsing the output as YAML 1.1 will
// presume that's starting a new document.
const containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
function lineLengthOverLimit(str, lineWidth, indentLength) {
    if (!lineWidth || lineWidth < 0)
        return false;
    const limit = lineWidth - indentLength;
    const strLen = str.length;
    if (strLen <= limit)
        return false;
    for (let i = 0, start = 0; i < strLen; ++i) {
        if (str[i] === '\n') {
            if (i - start > limit)
                return true;
            start = i + 1;
            if (strLen - start <= limit)
                return false;
        }
    }
    return true;
}
function doubleQuotedString(value, ctx) {
    const json = JSON.stringify(value);
    if (ctx.options.doubleQuotedAsJSON)
        return json;
    const { implicitKey } = ctx;
    const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
    const indent = ctx.indent || (containsDocumentMarker(value) ? '  ' : '');
    let str = '';
    let start = 0;
    for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
        if (ch === ' ' && json[i + 1] === '\\' && json[i + 2] === 'n') {
            // space before newline needs to be escaped to not be folded
            str += json.slice(start, i) + '\\ ';
            i += 1;
            start = i;
            ch = '\\';
        }
        if (ch === '\\')
            switch (json[i + 1]) {
                case 'u':
                    {
                        str += json.slice(start, i);
                        const code = json.substr(i + 2, 4);
                        switch (code) {
                            case '0000':
                                str += '\\0';
                                break;
                            case '0007':
                                str += '\\a';
                                break;
                            case '000b':
                                str += '\\v';
                                break;
                            case '001b':
                                str += '\\e';
                                break;
                            case '0085':
                                str += '\\N';
                                break;
                            case '00a0':
                                str += '\\_';
                                break;
                            case '2028':
                                str += '\\L';
                                break;
                            case '2029':
                                str += '\\P';
                                break;
                            default:
                                if (code.substr(0, 2) === '00')
                                    str += '\\x' + code.substr(2);
                                else
                                    str += json.substr(i, 6);
                        }
                        i += 5;
                        start = i + 1;
                    }
                    break;
                case 'n':
                    if (implicitKey ||
                        json[i + 2] === '"' ||
                        json.length < minMultiLineLength) {
                        i += 1;
                    }
                    else {
                        // folding will eat first newline
                        str += json.slice(start, i) + '\n\n';
                        while (json[i + 2] === '\\' &&
                            json[i + 3] === 'n' &&
                            json[i + 4] !== '"') {
                            str += '\n';
                            i += 2;
                        }
                        str += indent;
                        // space after newline needs to be escaped to not be folded
                        if (json[i + 2] === ' ')
                            str += '\\';
                        i += 1;
                        start = i + 1;
                    }
                    break;
                default:
                    i += 1;
            }
    }
    str = start ? str + json.slice(start) : json;
    return implicitKey
        ? str
        : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
}
function singleQuotedString(value, ctx) {
    if (ctx.options.singleQuote === false ||
        (ctx.implicitKey && value.includes('\n')) ||
        /[ \t]\n|\n[ \t]/.test(value) // single quoted string can't have leading or trailing whitespace around newline
    )
        return doubleQuotedString(value, ctx);
    const indent = ctx.indent || (containsDocumentMarker(value) ? '  ' : '');
    const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&\n${indent}`) + "'";
    return ctx.implicitKey
        ? res
        : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
}
function quotedString(value, ctx) {
    const { singleQuote } = ctx.options;
    let qs;
    if (singleQuote === false)
        qs = doubleQuotedString;
    else {
        const hasDouble = value.includes('"');
        const hasSingle = value.includes("'");
        if (hasDouble && !hasSingle)
            qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
            qs = doubleQuotedString;
        else
            qs = singleQuote ? singleQuotedString : doubleQuotedString;
    }
    return qs(value, ctx);
}
// The negative lookbehind avoids a polynomial search,
// but isn't supported yet on Safari: https://caniuse.com/js-regexp-lookbehind
let blockEndNewlines;
try {
    blockEndNewlines = new RegExp('(^|(?<!\n))\n+(?!\n|$)', 'g');
}
catch {
    blockEndNewlines = /\n+(?!\n|$)/g;
}
function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
    const { blockQuote, commentString, lineWidth } = ctx.options;
    // 1. Block can't end in whitespace unless the last line is non-empty.
    // 2. Strings consisting of only whitespace are best rendered explicitly.
    if (!blockQuote || /\n[\t ]+$/.test(value)) {
        return quotedString(value, ctx);
    }
    const indent = ctx.indent ||
        (ctx.forceBlockIndent || containsDocumentMarker(value) ? '  ' : '');
    const literal = blockQuote === 'literal'
        ? true
        : blockQuote === 'folded' || type === Scalar.Scalar.BLOCK_FOLDED
            ? false
            : type === Scalar.Scalar.BLOCK_LITERAL
                ? true
                : !lineLengthOverLimit(value, lineWidth, indent.length);
    if (!value)
        return literal ? '|\n' : '>\n';
    // determine chomping from whitespace at value end
    let chomp;
    let endStart;
    for (endStart = value.length; endStart > 0; --endStart) {
        const ch = value[endStart - 1];
        if (ch !== '\n' && ch !== '\t' && ch !== ' ')
            break;
    }
    let end = value.substring(endStart);
    const endNlPos = end.indexOf('\n');
    if (endNlPos === -1) {
        chomp = '-'; // strip
    }
    else if (value === end || endNlPos !== end.length - 1) {
        chomp = '+'; // keep
        if (onChompKeep)
            onChompKeep();
    }
    else {
        chomp = ''; // clip
    }
    if (end) {
        value = value.slice(0, -end.length);
        if (end[end.length - 1] === '\n')
            end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
    }
    // determine indent indicator from whitespace at value start
    let startWithSpace = false;
    let startEnd;
    let startNlPos = -1;
    for (startEnd = 0; startEnd < value.length; ++startEnd) {
        const ch = value[startEnd];
        if (ch === ' ')
            startWithSpace = true;
        else if (ch === '\n')
            startNlPos = startEnd;
        else
            break;
    }
    let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
    if (start) {
        value = value.substring(start.length);
        start = start.replace(/\n+/g, `$&${indent}`);
    }
    const indentSize = indent ? '2' : '1'; // root is at -1
    // Leading | or > is added later
    let header = (startWithSpace ? indentSize : '') + chomp;
    if (comment) {
        header += ' ' + commentString(comment.replace(/ ?[\r\n]+/g, ' '));
        if (onComment)
            onComment();
    }
    if (!literal) {
        const foldedValue = value
            .replace(/\n+/g, '\n$&')
            .replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, '$1$2') // more-indented lines aren't folded
            //                ^ more-ind. ^ empty     ^ capture next empty lines only at end of indent
            .replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== 'folded' && type !== Scalar.Scalar.BLOCK_FOLDED) {
            foldOptions.onOverflow = () => {
                literalFallback = true;
            };
        }
        const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
            return `>${header}\n${indent}${body}`;
    }
    value = value.replace(/\n+/g, `$&${indent}`);
    return `|${header}\n${indent}${start}${value}${end}`;
}
function plainString(item, ctx, onComment, onChompKeep) {
    const { type, value } = item;
    const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
    if ((implicitKey && value.includes('\n')) ||
        (inFlow && /[[\]{},]/.test(value))) {
        return quotedString(value, ctx);
    }
    if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) {
        // not allowed:
        // - '-' or '?'
        // - start with an indicator character (except [?:-]) or /[?-] /
        // - '\n ', ': ' or ' \n' anywhere
        // - '#' not preceded by a non-space char
        // - end with ' ' or ':'
        return implicitKey || inFlow || !value.includes('\n')
            ? quotedString(value, ctx)
            : blockString(item, ctx, onComment, onChompKeep);
    }
    if (!implicitKey &&
        !inFlow &&
        type !== Scalar.Scalar.PLAIN &&
        value.includes('\n')) {
        // Where allowed & type not set explicitly, prefer block style for multiline strings
        return blockString(item, ctx, onComment, onChompKeep);
    }
    if (containsDocumentMarker(value)) {
        if (indent === '') {
            ctx.forceBlockIndent = true;
            return blockString(item, ctx, onComment, onChompKeep);
        }
        else if (implicitKey && indent === indentStep) {
            return quotedString(value, ctx);
        }
    }
    const str = value.replace(/\n+/g, `$&\n${indent}`);
    // Verify that output will be parsed as a string, as e.g. plain numbers and
    // booleans get parsed with those types in v1.2 (e.g. '42', 'true' & '0.9e-3'),
    // and others in v1.1.
    if (actualString) {
        const test = (tag) => tag.default && tag.tag !== 'tag:yaml.org,2002:str' && tag.test?.test(str);
        const { compat, tags } = ctx.doc.schema;
        if (tags.some(test) || compat?.some(test))
            return quotedString(value, ctx);
    }
    return implicitKey
        ? str
        : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
}
function stringifyString(item, ctx, onComment, onChompKeep) {
    const { implicitKey, inFlow } = ctx;
    const ss = typeof item.value === 'string'
        ? item
        : Object.assign({}, item, { value: String(item.value) });
    let { type } = item;
    if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
        // force double quotes on control characters & unpaired surrogates
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
            type = Scalar.Scalar.QUOTE_DOUBLE;
    }
    const _stringify = (_type) => {
        switch (_type) {
            case Scalar.Scalar.BLOCK_FOLDED:
            case Scalar.Scalar.BLOCK_LITERAL:
                return implicitKey || inFlow
                    ? quotedString(ss.value, ctx) // blocks are not valid inside flow containers
                    : blockString(ss, ctx, onComment, onChompKeep);
            case Scalar.Scalar.QUOTE_DOUBLE:
                return doubleQuotedString(ss.value, ctx);
            case Scalar.Scalar.QUOTE_SINGLE:
                return singleQuotedString(ss.value, ctx);
            case Scalar.Scalar.PLAIN:
                return plainString(ss, ctx, onComment, onChompKeep);
            default:
                return null;
        }
    };
    let res = _stringify(type);
    if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t = (implicitKey && defaultKeyType) || defaultStringType;
        res = _stringify(t);
        if (res === null)
            throw new Error(`Unsupported default string type ${t}`);
    }
    return res;
}

exports.stringifyString = stringifyString;


/***/ }),

/***/ 1360:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1891);

const BREAK = Symbol('break visit');
const SKIP = Symbol('skip children');
const REMOVE = Symbol('remove node');
/**
 * Apply a visitor to an AST node or document.
 *
 * Walks through the tree (depth-first) starting from `node`, calling a
 * `visitor` function with three arguments:
 *   - `key`: For sequence values and map `Pair`, the node's index in the
 *     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
 *     `null` for the root node.
 *   - `node`: The current node.
 *   - `path`: The ancestry of the current node.
 *
 * The return value of the visitor may be used to control the traversal:
 *   - `undefined` (default): Do nothing and continue
 *   - `visit.SKIP`: Do not visit the children of this node, continue with next
 *     sibling
 *   - `visit.BREAK`: Terminate traversal completely
 *   - `visit.REMOVE`: Remove the current node, then continue with the next one
 *   - `Node`: Replace the current node, then continue by visiting it
 *   - `number`: While iterating the items of a sequence or map, set the index
 *     of the next step. This is useful especially if the index of the current
 *     node has changed.
 *
 * If `visitor` is a single function, it will be called with all values
 * encountered in the tree, including e.g. `null` values. Alternatively,
 * separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
 * `Alias` and `Scalar` node. To define the same visitor function for more than
 * one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
 * and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
 * specific defined one will be used for each node.
 */
function visit(node, visitor) {
    const visitor_ = initVisitor(visitor);
    if (identity.isDocument(node)) {
        const cd = visit_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
            node.contents = null;
    }
    else
        visit_(null, node, visitor_, Object.freeze([]));
}
// Without the `as symbol` casts, TS declares these in the `visit`
// namespace using `var`, but then complains about that because
// `unique symbol` must be `const`.
/** Terminate visit traversal completely */
visit.BREAK = BREAK;
/** Do not visit the children of the current node */
visit.SKIP = SKIP;
/** Remove the current node */
visit.REMOVE = REMOVE;
function visit_(key, node, visitor, path) {
    const ctrl = callVisitor(key, node, visitor, path);
    if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visit_(key, ctrl, visitor, path);
    }
    if (typeof ctrl !== 'symbol') {
        if (identity.isCollection(node)) {
            path = Object.freeze(path.concat(node));
            for (let i = 0; i < node.items.length; ++i) {
                const ci = visit_(i, node.items[i], visitor, path);
                if (typeof ci === 'number')
                    i = ci - 1;
                else if (ci === BREAK)
                    return BREAK;
                else if (ci === REMOVE) {
                    node.items.splice(i, 1);
                    i -= 1;
                }
            }
        }
        else if (identity.isPair(node)) {
            path = Object.freeze(path.concat(node));
            const ck = visit_('key', node.key, visitor, path);
            if (ck === BREAK)
                return BREAK;
            else if (ck === REMOVE)
                node.key = null;
            const cv = visit_('value', node.value, visitor, path);
            if (cv === BREAK)
                return BREAK;
            else if (cv === REMOVE)
                node.value = null;
        }
    }
    return ctrl;
}
/**
 * Apply an async visitor to an AST node or document.
 *
 * Walks through the tree (depth-first) starting from `node`, calling a
 * `visitor` function with three arguments:
 *   - `key`: For sequence values and map `Pair`, the node's index in the
 *     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
 *     `null` for the root node.
 *   - `node`: The current node.
 *   - `path`: The ancestry of the current node.
 *
 * The return value of the visitor may be used to control the traversal:
 *   - `Promise`: Must resolve to one of the following values
 *   - `undefined` (default): Do nothing and continue
 *   - `visit.SKIP`: Do not visit the children of this node, continue with next
 *     sibling
 *   - `visit.BREAK`: Terminate traversal completely
 *   - `visit.REMOVE`: Remove the current node, then continue with the next one
 *   - `Node`: Replace the current node, then continue by visiting it
 *   - `number`: While iterating the items of a sequence or map, set the index
 *     of the next step. This is useful especially if the index of the current
 *     node has changed.
 *
 * If `visitor` is a single function, it will be called with all values
 * encountered in the tree, including e.g. `null` values. Alternatively,
 * separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
 * `Alias` and `Scalar` node. To define the same visitor function for more than
 * one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
 * and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
 * specific defined one will be used for each node.
 */
async function visitAsync(node, visitor) {
    const visitor_ = initVisitor(visitor);
    if (identity.isDocument(node)) {
        const cd = await visitAsync_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
            node.contents = null;
    }
    else
        await visitAsync_(null, node, visitor_, Object.freeze([]));
}
// Without the `as symbol` casts, TS declares these in the `visit`
// namespace using `var`, but then complains about that because
// `unique symbol` must be `const`.
/** Terminate visit traversal completely */
visitAsync.BREAK = BREAK;
/** Do not visit the children of the current node */
visitAsync.SKIP = SKIP;
/** Remove the current node */
visitAsync.REMOVE = REMOVE;
async function visitAsync_(key, node, visitor, path) {
    const ctrl = await callVisitor(key, node, visitor, path);
    if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visitAsync_(key, ctrl, visitor, path);
    }
    if (typeof ctrl !== 'symbol') {
        if (identity.isCollection(node)) {
            path = Object.freeze(path.concat(node));
            for (let i = 0; i < node.items.length; ++i) {
                const ci = await visitAsync_(i, node.items[i], visitor, path);
                if (typeof ci === 'number')
                    i = ci - 1;
                else if (ci === BREAK)
                    return BREAK;
                else if (ci === REMOVE) {
                    node.items.splice(i, 1);
                    i -= 1;
                }
            }
        }
        else if (identity.isPair(node)) {
            path = Object.freeze(path.concat(node));
            const ck = await visitAsync_('key', node.key, visitor, path);
            if (ck === BREAK)
                return BREAK;
            else if (ck === REMOVE)
                node.key = null;
            const cv = await visitAsync_('value', node.value, visitor, path);
            if (cv === BREAK)
                return BREAK;
            else if (cv === REMOVE)
                node.value = null;
        }
    }
    return ctrl;
}
function initVisitor(visitor) {
    if (typeof visitor === 'object' &&
        (visitor.Collection || visitor.Node || visitor.Value)) {
        return Object.assign({
            Alias: visitor.Node,
            Map: visitor.Node,
            Scalar: visitor.Node,
            Seq: visitor.Node
        }, visitor.Value && {
            Map: visitor.Value,
            Scalar: visitor.Value,
            Seq: visitor.Value
        }, visitor.Collection && {
            Map: visitor.Collection,
            Seq: visitor.Collection
        }, visitor);
    }
    return visitor;
}
function callVisitor(key, node, visitor, path) {
    if (typeof visitor === 'function')
        return visitor(key, node, path);
    if (identity.isMap(node))
        return visitor.Map?.(key, node, path);
    if (identity.isSeq(node))
        return visitor.Seq?.(key, node, path);
    if (identity.isPair(node))
        return visitor.Pair?.(key, node, path);
    if (identity.isScalar(node))
        return visitor.Scalar?.(key, node, path);
    if (identity.isAlias(node))
        return visitor.Alias?.(key, node, path);
    return undefined;
}
function replaceNode(key, path, node) {
    const parent = path[path.length - 1];
    if (identity.isCollection(parent)) {
        parent.items[key] = node;
    }
    else if (identity.isPair(parent)) {
        if (key === 'key')
            parent.key = node;
        else
            parent.value = node;
    }
    else if (identity.isDocument(parent)) {
        parent.contents = node;
    }
    else {
        const pt = identity.isAlias(parent) ? 'alias' : 'scalar';
        throw new Error(`Cannot replace node with ${pt} parent`);
    }
}

exports.visit = visit;
exports.visitAsync = visitAsync;


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

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
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
    process.stdout.write(cmd.toString() + external_os_.EOL);
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
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(9896);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
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
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
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
    process.stdout.write(external_os_.EOL);
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
    process.stdout.write(message + external_os_.EOL);
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
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(1692);
;// CONCATENATED MODULE: ./packages/http/src/direct.js

/** Undefined where only the client can: through a proxy, with a certificate of its own, or by a resolver of its own. */
function directLine(hasProxy, added, { clientCertificate, serverName, lookup }) {
    if (hasProxy || clientCertificate !== undefined || serverName !== undefined || lookup !== undefined)
        return undefined;
    return { ca: added.length === 0 ? undefined : [...(0,external_node_tls_.getCACertificates)('default'), ...added] };
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
        http: new external_node_http_.Agent({ ...shared, keepAlive: true }),
        https: new external_node_https_namespaceObject.Agent({ ...tls, keepAlive: true }),
    };
    const fresh = { http: new external_node_http_.Agent(shared), https: new external_node_https_namespaceObject.Agent(tls) };
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
        return (0,external_node_tls_.createSecureContext)({
            ...(added.length === 0 ? {} : { ca: [...(0,external_node_tls_.getCACertificates)('default'), ...added] }),
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
        return new external_node_crypto_.X509Certificate(pem).raw.length > 0;
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

// EXTERNAL MODULE: external "node:dns"
var external_node_dns_ = __nccwpck_require__(610);
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

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
;// CONCATENATED MODULE: ./packages/http/src/address.js

/** Where no URL that came from a server may lead: this machine, its link and cloud metadata services. */
const SPECIAL = new external_node_net_.BlockList();
SPECIAL.addSubnet('0.0.0.0', 8, 'ipv4');
SPECIAL.addSubnet('127.0.0.0', 8, 'ipv4');
SPECIAL.addSubnet('169.254.0.0', 16, 'ipv4');
SPECIAL.addAddress('100.100.100.200', 'ipv4');
SPECIAL.addAddress('::', 'ipv6');
SPECIAL.addAddress('::1', 'ipv6');
SPECIAL.addSubnet('fe80::', 10, 'ipv6');
// EC2's metadata, DNS and time services: docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
SPECIAL.addSubnet('fd00:ec2::', 32, 'ipv6');
const LOOPBACK = new external_node_net_.BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
const SPECIAL_NAMES = new Set(['localhost', 'metadata', 'metadata.google.internal', 'instance-data']);
/**
 * Whether a URL's host is loopback, link-local or a metadata service, by address or by a name that always is.
 * `URL` has already turned decimal, octal, hexadecimal and short forms of IPv4 into four numbers.
 */
function isSpecialHost(hostname) {
    const host = bare(hostname);
    if ((0,external_node_net_.isIP)(host) !== 0)
        return isSpecialAddress(host);
    return SPECIAL_NAMES.has(host) || host.endsWith('.localhost');
}
/** Whether an IP address is one that {@link isSpecialHost} refuses, IPv4 inside IPv6 included. */
function isSpecialAddress(address) {
    const plain = address.replace(/%.*$/, '');
    if ((0,external_node_net_.isIP)(plain) === 4)
        return SPECIAL.check(plain, 'ipv4');
    if ((0,external_node_net_.isIP)(plain) !== 6)
        return false;
    const embedded = embeddedIPv4(plain);
    return SPECIAL.check(plain, 'ipv6') || (embedded !== undefined && SPECIAL.check(embedded, 'ipv4'));
}
function isLoopback(hostname) {
    const host = bare(hostname);
    const family = (0,external_node_net_.isIP)(host);
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
            const request = (secure ? external_node_https_namespaceObject.request : external_node_http_.request)(requestOptions(sent, wire, deadlines));
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
    const resolve = lookup ?? external_node_dns_.lookup;
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

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
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

;// CONCATENATED MODULE: ./packages/oci/src/digest.js

/** OCI image-spec descriptor.md: the registered algorithms and how many digits each has. */
const REGISTERED = { sha256: 64, sha384: 96, sha512: 128 };
const GRAMMAR = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([0-9a-fA-F]{32,})$/;
const digest_WANT = 'a digest such as sha256:9a41… with 64 lower-case hexadecimal digits';
/**
 * Reads `algorithm:hex` by the grammar of OCI image-spec descriptor.md, digits hexadecimal as
 * distribution/reference wants them; a registered algorithm has exactly its length, in lower case.
 * @throws Expected
 */
function parseDigest(text) {
    const [, algorithm = '', hex = ''] = GRAMMAR.exec(text) ?? [];
    if (algorithm === '')
        throw new expected_Expected(digest_WANT);
    const length = REGISTERED[algorithm];
    if (length !== undefined && (hex.length !== length || hex !== hex.toLowerCase()))
        throw new expected_Expected(digest_WANT);
    return { algorithm, hex };
}
function formatDigest({ algorithm, hex }) {
    return `${algorithm}:${hex}`;
}
/** `sha256:` and twelve digits: enough to tell two of them apart in a table. */
function shortDigest(digest) {
    return digest.slice(0, digest.indexOf(':') + 13);
}

;// CONCATENATED MODULE: ./packages/oci/src/image-reference.js


const LONGEST_NAME = 255;
const image_reference_WANT = 'an image reference such as registry.example/team/model:v1 or …@sha256:…';
const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const TAG = /^\w[\w.-]{0,127}$/;
/**
 * Reads an image reference by the grammar of distribution/reference (`regexp.go`, `normalize.go`): what
 * stands before the first `/` is a host only if it has a dot, a colon or an upper-case letter, or is
 * `localhost`.
 * @throws Expected when the text is none, or has a tag or digest outside of the grammar
 */
function parseImageReference(text) {
    const [named, digest] = splitOnce(text, text.indexOf('@'));
    const slash = named.lastIndexOf('/');
    const colon = named.indexOf(':', slash + 1);
    const [name, tag] = splitOnce(named, colon);
    const { host, path } = splitHost(name);
    if (name.length > LONGEST_NAME || !PATH.test(path))
        throw new expected_Expected(image_reference_WANT);
    if (host !== undefined && !HOST.test(host))
        throw new expected_Expected(image_reference_WANT);
    if (tag !== undefined && !TAG.test(tag))
        throw new expected_Expected(`${image_reference_WANT} (tag: at most 128 of A-Z a-z 0-9 _ . -)`);
    if (digest !== undefined)
        parseDigest(digest);
    return {
        ...(host === undefined ? {} : { host }),
        path,
        ...(tag === undefined ? {} : { tag }),
        ...(digest === undefined ? {} : { digest }),
    };
}
function formatImageReference({ host, path, tag, digest }) {
    const name = host === undefined ? path : `${host}/${path}`;
    return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
/**
 * Whether both name the same repository; `nginx` and `docker.io/library/nginx` do. Tags and digests do not
 * count.
 */
function sameRepository(one, other) {
    return qualifiedName(one) === qualifiedName(other);
}
/** The registry of a reference with that host: Docker Hub without one (`normalize.go`: `index.docker.io` is its former name). */
function registryHost(host = 'docker.io') {
    const name = host.toLowerCase();
    return name === 'index.docker.io' ? 'docker.io' : name;
}
/** The repository by its full name, `registry.example/team/model`; Docker Hub's short forms by what they stand for. */
function qualifiedName({ host, path }) {
    const registry = registryHost(host);
    return registry === 'docker.io' && !path.includes('/')
        ? `${registry}/library/${path}`
        : `${registry}/${path}`;
}
function splitHost(name) {
    const slash = name.indexOf('/');
    const first = name.slice(0, Math.max(0, slash));
    const isHost = first === 'localhost' || /[.:A-Z]/.test(first);
    return isHost ? { host: first, path: name.slice(slash + 1) } : { path: name };
}
function splitOnce(text, at) {
    return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/value-image.js

/** The image that a value names: `oci://` storage URIs are image references too (KServe's modelcars). */
function imageIn(value) {
    const reference = value.replace(/^oci(?:\+native|\+fetch)?:\/\//, '');
    if (reference.includes('://'))
        return undefined;
    try {
        return parseImageReference(reference);
    }
    catch {
        return undefined;
    }
}
/** `k8s/inference.yaml:8 spec.predictor.model.image`, for people. */
function placeOf({ file, line, path }) {
    return `${file}:${line} ${path}`;
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/registries.js




const registries_WANT = 'a registry, or a path of one: registry.example, registry.example:5000/team, *.example.com/models';
const PATTERN = /^[a-z0-9*][a-z0-9.*-]*(?::\d+)?(?:\/[a-z0-9*][a-z0-9._*-]*)*$/;
/**
 * `registry.example/team` covers `registry.example/team/model`, but not `registry.example/teams`; a `*` stands for any
 * characters within one part of it, so `*.example.com` does not cover `evil.example/a.example.com`.
 * @throws Expected
 */
function parseAllowedRegistry(pattern) {
    // Each more would multiply the time that an image takes which does not fit.
    const hasFewStars = pattern.split('*').length <= 4;
    if (!PATTERN.test(pattern) || !hasFewStars || pattern.length > 300)
        throw new expected_Expected(registries_WANT);
    const source = pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*');
    const expression = new RegExp(`^${source}(?:/|$)`);
    return { pattern, covers: (repository) => expression.test(repository) };
}
/**
 * Images, those of `oci://` storage URIs included, come from registries that are allowed; none is where the list is empty.
 * What stands there already is not judged.
 * @throws Failure GITOPS_REGISTRY_NOT_ALLOWED
 */
function assertAllowedRegistries(values, allowed) {
    if (allowed.length === 0)
        return;
    const stranger = values.find((value) => value.isChanged && !isAllowed(value, allowed));
    if (stranger === undefined)
        return;
    throw new Failure({
        kind: 'policy',
        code: 'GITOPS_REGISTRY_NOT_ALLOWED',
        what: 'Refusing an image of another registry',
        on: placeOf(stranger),
        seen: `"${stranger.after}" comes from none of ${allowed.map(({ pattern }) => pattern).join(', ')}`,
        next: 'Push the image to one of them, or add its registry to `allowed-registries`',
    });
}
function isAllowed({ wish, after }, allowed) {
    if (wish.set !== 'image' && wish.set !== 'storage-uri')
        return true;
    const image = imageIn(after);
    if (image === undefined)
        return wish.set === 'storage-uri';
    const name = qualifiedName(image);
    return allowed.some(({ covers }) => covers(name));
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/repository-path.js

const repository_path_WANT = 'the path of a file inside the repository, such as k8s/inference.yaml';
/**
 * A path as git writes it: relative, with `/`, without `.` or `..`, outside of `.git` in every spelling
 * that a file system may take for it (CVE-2014-9390).
 * @throws Expected
 */
function parseRepositoryPath(text) {
    const isWrong = text === '' ||
        text.length > 1_000 ||
        /[\u0000-\u001f\u007f\\\u2044\u2215\uff0f]/.test(text) ||
        /^[A-Za-z]:/.test(text) ||
        text.split('/').some(isForbidden);
    if (isWrong)
        throw new expected_Expected(repository_path_WANT);
    return text;
}
function isForbidden(component) {
    // Characters that HFS+ ignores, and the dots and blanks that Windows drops, could spell `.git` or `..`
    // otherwise.
    const plain = component
        .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
        .replace(/[. ]+$/, '');
    return plain === '' || /^(?:\.git|git~1)$/i.test(plain);
}

;// CONCATENATED MODULE: ./packages/manifest/src/place.js
/** The parts of a model server that run containers of their own; the last three are those of an LLMInferenceService. */
const COMPONENTS = [
    'predictor',
    'transformer',
    'explainer',
    'worker',
    'canary',
    'prefill',
    'prefill-worker',
    'scheduler',
];

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

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/author.js

/**
 * `Name <email>` as git writes it into a commit, which has no way to quote the angle brackets.
 * @throws Expected
 */
function parseAuthor(text) {
    const [, name = '', email = ''] = /^([^<>\u0000-\u001f\u007f]*[^<>\s\u0000-\u001f\u007f]) <([^<>\s\u0000-\u001f\u007f]+)>$/.exec(text) ?? [];
    if (name === '' || text.length > 300)
        throw new expected_Expected('Name <email>');
    return { name, email };
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/free-value.js
/**
 * What a text can mean as a value of a manifest: the number or boolean that is written like that, or else the text itself.
 * Numbers in other spellings (`1.10`, `010`, `1e3`) are read differently by different readers, and so are text.
 */
function parseFreeValue(text) {
    if (text === 'true' || text === 'false')
        return { value: text === 'true', orElse: text };
    const number = Number(text);
    return String(number) === text && Number.isFinite(number)
        ? { value: number, orElse: text }
        : { value: text };
}

// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __nccwpck_require__(3483);
;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/values.js


/**
 * An image that means one thing: without tag and digest it would be whatever `latest` is at that moment.
 * @throws Expected
 */
function parseImage(text) {
    const { tag, digest } = parseImageReference(text);
    if (tag === undefined && digest === undefined)
        throw new expected_Expected('an image with a tag or a digest');
    return text;
}
/** Whether the image is the one that `latest` stands for at that moment. */
function isMoving(image) {
    const { tag, digest } = parseImageReference(image);
    return digest === undefined && tag === 'latest';
}
/**
 * A URI that KServe's storage initializer takes: `scheme://…` without blanks and control characters. Which
 * schemes work depends on the cluster (ClusterStorageContainers add some), so none is refused.
 * @throws Expected
 */
function parseStorageUri(text) {
    if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>\\\u0000-\u0020\u007f-\u009f]+$/.test(text) || text.length > 2_000) {
        throw new expected_Expected('a storage URI such as s3://bucket/churn/7be0/');
    }
    return text;
}
/**
 * The name of a Kubernetes object or container (RFC 1123 subdomain, apimachinery: IsDNS1123Subdomain).
 * @throws Expected
 */
function parseObjectName(text) {
    const isName = text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
    if (!isName)
        throw new expected_Expected('a Kubernetes name: lower-case letters, digits, - and .');
    return text;
}
/**
 * A kind of Kubernetes objects.
 * @throws Expected
 */
function parseKind(text) {
    if (!/^[A-Z][A-Za-z0-9]{0,62}$/.test(text))
        throw new expected_Expected('a kind such as InferenceService');
    return text;
}
/**
 * Where a storage URI is mounted in the container.
 * @throws Expected
 */
function parseMountPath(text) {
    const isPath = /^\/[\w.@-]+(\/[\w.@-]+)*$/.test(text) && !text.split('/').some((part) => /^\.{1,2}$/.test(part));
    if (!isPath || text.length > 500)
        throw new expected_Expected('an absolute path in the container, such as /mnt/models/base');
    return text;
}
/**
 * The image policy that a marker comment of Flux names.
 * @throws Expected
 */
function parsePolicy(text) {
    const [namespace = '', name = '', ...more] = text.split(':');
    if (more.length > 0 || !text.includes(':'))
        throw new expected_Expected('a marker such as flux-system:churn');
    return `${parseObjectName(namespace)}:${parseObjectName(name)}`;
}
/**
 * Where in a file a value stands, in the grammar of `manifest`, which says what else is wrong with it.
 * @throws Expected
 */
function parseValuePath(text) {
    if (!/^[\w$["][\w$.[\]="/:@-]*$/.test(text) || text.includes('..') || text.length > 500)
        throw new expected_Expected('a path of keys such as server.image.tag, or spec.containers[name=server].image');
    return text;
}
/** Prefix and name of an annotation's key (apimachinery: IsQualifiedName). */
const ANNOTATION = /^(?:(?=.{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?(?=[^/]{1,63}$)[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/;
/** @throws Expected */
function assertAnnotations(pairs) {
    return assertPairs(pairs, ANNOTATION, 'keys of annotations, such as mlops.example/model-version');
}
/** The model that a container serves is found by it, and set by `storage-uri`. */
const MODEL_VARIABLE = 'STORAGE_URI';
/** @throws Expected */
function assertVariables(pairs) {
    if (pairs.has(MODEL_VARIABLE))
        throw new expected_Expected(`${MODEL_VARIABLE} to be given as storage-uri`);
    return assertPairs(pairs, /^[A-Za-z_][\w.-]{0,252}$/, 'names of variables, such as LOG_LEVEL');
}
function assertPairs(pairs, key, keys) {
    for (const [name, value] of pairs) {
        if (!key.test(name))
            throw new expected_Expected(keys);
        parseText(value);
    }
    return pairs;
}
/**
 * A value of one line that every reader of YAML shows as it is.
 * @throws Expected
 */
function parseText(text) {
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text) ||
        !text.isWellFormed() ||
        text.length > 4_000)
        throw new expected_Expected('text of one line without control characters, at most 4000 characters');
    return text;
}
/** @throws Expected */
function parseCommitId(text) {
    if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text))
        throw new expected_Expected('a full commit SHA, 40 hexadecimal digits');
    return text;
}
/**
 * Trailers of the user's own. Keys that this action or Argo CD reads back are not to be written twice.
 * @throws Expected
 */
function parseTrailerLines(text) {
    const trailers = parseKeyValues(text);
    for (const key of trailers.keys()) {
        const isKey = /^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(key);
        if (!isKey || RESERVED.test(key))
            throw new expected_Expected('lines of Key=value, with keys of letters, digits and - that this action does not write itself');
    }
    return trailers;
}
const RESERVED = /^(?:argocd-reference-commit-.*|mlops-(?:target|image|previous-image|storage-uri|previous-storage-uri|at|value|rollback-of|run-id|run-url|change-id))$/i;

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/wanted.js


function wantedOf(files, target, words) {
    const at = words.value === undefined ? { ...target, path: words.path } : target;
    return { files, target: at, wishes: wishesOf(words) };
}
function wishesOf({ image, storageUri, annotations, env, path, value }) {
    return [
        ...(image === undefined ? [] : [{ set: 'image', value: image }]),
        ...(storageUri === undefined ? [] : [{ set: 'storage-uri', value: storageUri }]),
        ...[...annotations].map(([key, text]) => ({ set: 'annotation', key, value: text })),
        ...[...env].map(([key, text]) => ({ set: 'env', key, value: text })),
        ...(path === undefined || value === undefined ? [] : [{ set: 'value', path, ...value }]),
    ];
}
/** The target that inputs name. */
function targetOf({ kind, name, namespace, component, canary, container, mountPath, policy, }) {
    return { kind, name, namespace, component, canary, container, mountPath, policy };
}
/** A marker says alone where an image or a storage URI stands, and nothing else stands there. */
function problemOfPolicy({ policy, ...others }, { path, annotations, env }) {
    if (policy === undefined)
        return undefined;
    const isNamed = path !== undefined || Object.values(others).some((given) => given !== undefined);
    if (isNamed)
        return 'no other way to the target beside policy';
    return annotations.size + env.size > 0 ? 'nothing but image or storage-uri beside policy' : undefined;
}
/**
 * As an input has it: what stands in double quotes, as JSON has them, is text, anything else whatever it can mean.
 * @throws Expected
 */
function parseValue(text) {
    const quoted = unquote(text);
    return quoted === undefined ? parseFreeValue(parseText(text)) : { value: parseText(quoted) };
}
function unquote(text) {
    if (!text.startsWith('"'))
        return undefined;
    try {
        return String(JSON.parse(text));
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/changes.wire.js






const LONGEST = 64 * 1024;
const changes_wire_MOST = 100;
/**
 * The general case: a list in YAML, each entry a target and what shall stand there. Keys are the names of the inputs.
 * @throws Expected that says which entry is wrong
 */
function parseChanges(text) {
    return itemsOf(text).map((item, index) => {
        try {
            return parseEntry(item);
        }
        catch (thrown) {
            if (!(thrown instanceof expected_Expected))
                throw thrown;
            throw new expected_Expected(`${thrown.want} (entry ${index + 1})`);
        }
    });
}
const changes_wire_WANT = 'a YAML list of changes: `- {file: …, name: …, image: …}`';
function itemsOf(text) {
    if (text.length > LONGEST)
        throw new expected_Expected(`${changes_wire_WANT}, at most ${LONGEST} characters`);
    const list = parseYaml(text);
    if (!(0,dist/* isSeq */.oP)(list) || list.items.length === 0)
        throw new expected_Expected(changes_wire_WANT);
    if (list.items.length > changes_wire_MOST)
        throw new expected_Expected(`${changes_wire_WANT}, at most ${changes_wire_MOST}`);
    return list.items;
}
function parseYaml(text) {
    try {
        const { contents, errors, warnings } = (0,dist/* parseDocument */.Tp)(text, { schema: 'core', logLevel: 'error' });
        if (errors.length + warnings.length === 0)
            return contents;
    }
    catch {
        // Nested so deep that the parser's stack is not.
    }
    throw new expected_Expected(changes_wire_WANT);
}
function parseEntry(item) {
    const entry = entryOf(item);
    const word = (key, parse) => {
        const node = take(entry, key);
        return node === undefined ? undefined : at(key, () => parse(textOf(node)));
    };
    const file = word('file', parseRepositoryPath);
    const target = {
        kind: word('kind', parseKind),
        name: word('name', parseObjectName),
        namespace: word('namespace', parseObjectName),
        component: word('component', (text) => parseEnum(text, COMPONENTS)),
        canary: word('canary', parseObjectName),
        container: word('container', parseObjectName),
        mountPath: word('mount-path', parseMountPath),
        policy: word('policy', parsePolicy),
    };
    const words = {
        image: word('image', parseImage),
        storageUri: word('storage-uri', parseStorageUri),
        annotations: at('annotations', () => assertAnnotations(pairsOf(take(entry, 'annotations')))),
        env: at('env', () => assertVariables(pairsOf(take(entry, 'env')))),
        path: word('path', parseValuePath),
        value: at('value', () => freeValueOf(take(entry, 'value'))),
    };
    const [unknown] = entry.keys();
    if (unknown !== undefined)
        throw new expected_Expected(`no key "${unknown}"`);
    const problem = problemOfPolicy(target, words);
    if (problem !== undefined)
        throw new expected_Expected(problem);
    const wanted = wantedOf(file === undefined ? [] : [file], target, words);
    if (words.value !== undefined && words.path === undefined)
        throw new expected_Expected('path beside value');
    if (wanted.wishes.length === 0)
        throw new expected_Expected('something to set: image, storage-uri, annotations, env, or path and value');
    return wanted;
}
function entryOf(item) {
    if (!(0,dist/* isMap */.jh)(item))
        throw new expected_Expected(changes_wire_WANT);
    return new Map(item.items.map(({ key, value }) => [textOf(key), value]));
}
function take(entry, key) {
    const node = entry.get(key);
    entry.delete(key);
    return node;
}
/** Says at which key of the entry something is wrong. */
function at(key, parse) {
    try {
        return parse();
    }
    catch (thrown) {
        if (!(thrown instanceof expected_Expected))
            throw thrown;
        throw new expected_Expected(`${thrown.want}, at ${key}`);
    }
}
/** As it is written: `1.10` is not the number 1.1, and the revision `1234567` no number at all. */
function textOf(node) {
    if (!(0,dist/* isScalar */.jn)(node) || node.anchor !== undefined || node.value === null)
        throw new expected_Expected('text');
    return typeof node.value === 'string' ? node.value : (node.source ?? '');
}
function pairsOf(node) {
    if (node === undefined)
        return new Map();
    if (!(0,dist/* isMap */.jh)(node))
        throw new expected_Expected('a map of keys and texts');
    return new Map(node.items.map(({ key, value }) => [textOf(key), textOf(value)]));
}
/** Quotes make a text of it, whatever it looks like. */
function freeValueOf(node) {
    if (node === undefined)
        return undefined;
    const text = parseText(textOf(node));
    return (0,dist/* isScalar */.jn)(node) && node.type === 'PLAIN' ? parseFreeValue(text) : { value: text };
}

;// CONCATENATED MODULE: ./packages/gitops/src/trailers/trailers.js
/**
 * Which keys are written by whom. Argo CD shows its own beside the revision (source-hydrator.md, Argo CD >=
 * 3.1).
 */
const TRAILER = {
    referenceAuthor: 'Argocd-reference-commit-author',
    referenceSha: 'Argocd-reference-commit-sha',
    referenceSubject: 'Argocd-reference-commit-subject',
    referenceBody: 'Argocd-reference-commit-body',
    referenceDate: 'Argocd-reference-commit-date',
    referenceRepository: 'Argocd-reference-commit-repourl',
    target: 'Mlops-Target',
    image: 'Mlops-Image',
    previousImage: 'Mlops-Previous-Image',
    storageUri: 'Mlops-Storage-Uri',
    previousStorageUri: 'Mlops-Previous-Storage-Uri',
    /** Follows a value, as JSON: its target, where the label does not lead back to it. */
    at: 'Mlops-At',
    /** Any other value, as JSON. */
    value: 'Mlops-Value',
    modelVersion: 'Mlops-Model-Version',
    dataMd5: 'Mlops-Data-Md5',
    environment: 'Mlops-Environment',
    approver: 'Mlops-Approver',
    kfpRun: 'Mlops-Kfp-Run',
    rollbackOf: 'Mlops-Rollback-Of',
    runId: 'Mlops-Run-Id',
    runUrl: 'Mlops-Run-Url',
    changeId: 'Mlops-Change-Id',
};
/**
 * The message of a commit: what people read, then the trailers in a paragraph of their own. Empty values
 * are left out.
 */
function formatMessage(text, trailers) {
    const lines = [...trailers].flatMap(([key, value]) => {
        const line = onOneLine(value ?? '');
        return line === '' ? [] : [`${key}: ${line}`];
    });
    return `${plainText(text)}\n\n${lines.join('\n')}\n`;
}
/**
 * The trailers of a message: those that this collection wrote, the newest where there are more, or else its last
 * paragraph, where every line has to be one.
 */
function parseTrailers(message) {
    const ours = parseTrailerBlocks(message).at(-1);
    if (ours !== undefined)
        return new Map(ours);
    const pairs = paragraphsOf(message).at(-1)?.map(parseLine) ?? [];
    return pairs.every((pair) => pair !== undefined) ? new Map(pairs) : new Map();
}
/**
 * Every paragraph of trailers that this collection wrote, oldest first, wherever in the message it stands: who merges a
 * pull request by squash or by a queue gets the messages of its commits one after the other, with lines of GitHub's
 * behind them (`---------`, `Co-authored-by:`). What users write cannot look like one, see {@link formatMessage}.
 */
function parseTrailerBlocks(message) {
    return paragraphsOf(message)
        .map((lines) => lines.map(parseLine).filter((pair) => pair !== undefined))
        .filter((pairs) => pairs.some(([key]) => key === TRAILER.changeId));
}
function paragraphsOf(message) {
    return message
        .replaceAll('\r\n', '\n')
        .trimEnd()
        .split(/\n\s*\n/)
        .map((paragraph) => paragraph.split('\n'));
}
function parseLine(line) {
    const [, key, value] = /^([A-Za-z][A-Za-z0-9-]*): (.*)$/.exec(line) ?? [];
    return key === undefined || value === undefined ? undefined : [key, value];
}
/** A value cannot start a line of its own, and so cannot write another trailer. */
function onOneLine(value) {
    return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}
/**
 * Text of several lines without other control characters, and without lines that would be read as our trailers; never
 * empty, for git needs a subject.
 */
function plainText(text) {
    const plain = text
        .replace(/\r\n?/g, '\n')
        .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
        .trim()
        .replace(/^[^\S\n]*(?=(?:mlops|argocd)-[\w-]*\s*:)/gim, '> ');
    return plain === '' ? 'Change the manifest' : plain;
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/provenance.js



/** As trailers of the commit, those that are known. */
function provenanceTrailers({ modelVersion, dataMd5, environment, approver = [], kfpRun, }) {
    const trailers = [
        [TRAILER.modelVersion, modelVersion],
        [TRAILER.dataMd5, dataMd5],
        [TRAILER.environment, environment],
        [TRAILER.approver, approver.length === 0 ? undefined : approver.join(', ')],
        [TRAILER.kfpRun, kfpRun],
    ];
    return new Map(trailers.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
/**
 * A version as registries have them: `43`, `1.2.0-rc.1`.
 * @throws Expected
 */
function parseVersion(text) {
    if (!/^[\w][\w.+-]{0,127}$/.test(text))
        throw new expected_Expected('a version of letters, digits, . _ + and -');
    return text;
}
/**
 * What DVC calls its data: an MD5, of a folder with `.dir` behind it.
 * @throws Expected
 */
function parseMd5(text) {
    if (!/^[0-9a-f]{32}(?:\.dir)?$/.test(text))
        throw new expected_Expected('an MD5 of 32 hexadecimal digits, of a folder with .dir');
    return text;
}
/**
 * The name of a GitHub environment, which may have blanks.
 * @throws Expected
 */
function provenance_parseLine(text) {
    if (!/^[\p{L}\p{N}][\p{L}\p{N} ._/()-]{0,254}$/u.test(text))
        throw new expected_Expected('the name of an environment');
    return parseText(text);
}
/**
 * Logins of GitHub, those of Apps included.
 * @throws Expected
 */
function parseLogins(text) {
    const logins = parseList(text);
    if (!logins.every((login) => /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,100})(?:\[bot\])?$/.test(login)))
        throw new expected_Expected('logins of GitHub, separated by commas');
    return logins;
}
/**
 * The id of a run of Kubeflow Pipelines, or its URL.
 * @throws Expected
 */
function parseRun(text) {
    const isRun = /^[\w][\w-]{0,127}$/.test(text) || /^https?:\/\/[\w.:-]+\/[\w./#?=&%~-]{0,900}$/.test(text);
    if (!isRun)
        throw new expected_Expected('the id of a run, or its URL');
    return text;
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/check-inputs.js



/** The rules between inputs, each of which is fine alone. */
function checkInputs(given, problem) {
    if (given.mode === 'bump')
        checkBump(given, problem);
    else
        checkRollback(given, problem);
    const wrong = problemOfPolicy(targetOf(given), given);
    if (wrong !== undefined)
        problem('policy', `want ${wrong}`);
    if (given.file.length === 0 && needsFile(given))
        problem('file', 'is required: want the path of the manifest');
    for (const key of provenanceTrailers(given).keys()) {
        if (given.trailers?.has(key))
            problem('trailers', `${key} is given by an input of its own already`);
    }
    for (const [name, token = ''] of Object.entries({
        token: given.token,
        'source-token': given.sourceToken,
    })) {
        if (/[\s\u0000-\u001f\u007f]/.test(token))
            problem(name, 'holds white space; want one token on one line');
    }
    if (given.transport === 'api' && given.sshKey !== undefined)
        problem('ssh-key', '`transport: api` takes a token, not a key');
}
/** Changes in a list may each name their own. */
function needsFile({ changes = [], ...given }) {
    return changes.length === 0 || setsByInputs(given) || changes.some(({ files }) => files.length === 0);
}
function setsByInputs({ image, storageUri, annotations, env, value, }) {
    const isGiven = image !== undefined || storageUri !== undefined || value !== undefined;
    return isGiven || annotations.size > 0 || env.size > 0;
}
function checkBump(given, problem) {
    const { image, storageUri, path, value, changes, previousImage, previousStorageUri, rollbackOf } = given;
    if (!setsByInputs(given) && changes === undefined)
        problem('image', 'give `image`, `storage-uri`, `annotations`, `env`, `value` or `changes`');
    if (path === undefined && value !== undefined)
        problem('path', 'say where `value` stands');
    if (path !== undefined && value === undefined && image === undefined && storageUri === undefined)
        problem('value', 'say what shall stand at `path`, or give `image` or `storage-uri`');
    if (image !== undefined && isMoving(image))
        problem('image', MOVING);
    const listed = (changes ?? []).flatMap(({ wishes }) => wishes);
    if (listed.some((wish) => wish.set === 'image' && isMoving(wish.value)))
        problem('changes', MOVING);
    const forRollback = {
        'previous-image': previousImage,
        'previous-storage-uri': previousStorageUri,
        'rollback-of': rollbackOf,
    };
    for (const [name, value] of Object.entries(forRollback)) {
        if (value !== undefined)
            problem(name, 'is for `mode: rollback` only');
    }
}
const MOVING = 'the tag `latest` means another image tomorrow; want a digest, or a tag that stays';
/** What to go back to has to be known, and what it is that is bad. */
function checkRollback(given, problem) {
    const { image, storageUri, previousImage, previousStorageUri, rollbackOf } = given;
    checkOnlyForBump(given, problem);
    const pairs = [
        ['image', image, previousImage],
        ['storage-uri', storageUri, previousStorageUri],
    ];
    for (const [name, bad, good] of pairs) {
        if (bad !== undefined && good === undefined) {
            problem(`previous-${name}`, `is needed to take back \`${name}\`; a first deployment has nothing to go back to`);
        }
        if (bad === undefined && good !== undefined)
            problem(name, `say which one is bad: \`previous-${name}\` is written only while that one stands`);
    }
    const named = pairs.filter(([, bad, good]) => bad !== undefined || good !== undefined);
    const [first] = named;
    // One of two values may be as it was; a rollback that changes none would call itself a success.
    if (first !== undefined && named.every(([, bad, good]) => bad === good))
        problem(`previous-${first[0]}`, `is the same as \`${first[0]}\`: there is nothing to go back to`);
    if (rollbackOf === undefined && pairs.every(([, bad, good]) => bad === undefined && good === undefined)) {
        problem('rollback-of', 'give the commit to take back, or a bad value and its previous one');
    }
}
/** A rollback finds them in the trailers of the commit. */
function checkOnlyForBump({ annotations, env, path, value, changes }, problem) {
    const forBump = { annotations: annotations.size, env: env.size, path, value, changes };
    for (const [name, given] of Object.entries(forBump)) {
        if (given !== undefined && given !== 0)
            problem(name, 'is for `mode: bump` only; give `rollback-of` alone');
    }
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/pull-request-inputs.js


/** GitHub takes no longer label. */
const LONGEST_LABEL = 50;
/** What there is to say about a pull request. */
const pullRequestFields = {
    'pull-request': fields_boolean({ default: 'false' }),
    'pull-request-title': fields_text(),
    labels: collection('list', (given) => parseList(given).map(parseLabel))(),
    reviewers: collection('list', (given) => parseList(given).map(parseLogin))(),
    'team-reviewers': collection('list', (given) => parseList(given).map(parseTeam))(),
    'auto-merge': fields_oneOf('off', 'merge', 'squash', 'rebase')({ default: 'off' }),
    'wait-for-merge': duration({ default: '0s' }),
};
/** The rules between these inputs and the others. */
function checkPullRequest(given, problem) {
    if (given.pullRequest)
        checkUsed(given, problem);
    else
        checkUnused(given, problem);
}
function checkUsed(given, problem) {
    if (given.transport === 'git')
        problem('transport', 'a pull request is made by the API; want `auto` or `api` with `pull-request: true`');
    if (given.sshKey !== undefined)
        problem('ssh-key', 'a deploy key cannot open pull requests; give a `token`');
    if (given.waitForMerge > given.timeout)
        problem('wait-for-merge', 'is longer than `timeout`, which ends the whole step');
}
function checkUnused(given, problem) {
    const used = {
        'pull-request-title': given.pullRequestTitle !== undefined,
        labels: given.labels.length > 0,
        reviewers: given.reviewers.length > 0,
        'team-reviewers': given.teamReviewers.length > 0,
        'auto-merge': given.autoMerge !== 'off',
        'wait-for-merge': given.waitForMerge > 0,
    };
    for (const [name, isUsed] of Object.entries(used)) {
        if (isUsed)
            problem(name, 'is for `pull-request: true` only');
    }
}
function parseLabel(given) {
    if (given.length > LONGEST_LABEL)
        throw new expected_Expected(`labels of at most ${LONGEST_LABEL} characters`);
    return given;
}
function parseLogin(given) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(given))
        throw new expected_Expected('logins of users, such as octocat');
    return given;
}
/** `platform`, or `acme/platform` as people mention it. */
function parseTeam(given) {
    const [, slug] = /^(?:[A-Za-z0-9-]+\/)?([A-Za-z0-9][A-Za-z0-9_.-]{0,99})$/.exec(given) ?? [];
    if (slug === undefined)
        throw new expected_Expected('names of teams, such as platform or acme/platform');
    return slug;
}

;// CONCATENATED MODULE: ./packages/git/src/remote-url.js

const remote_url_WANT = 'https://host/path, ssh://git@host/path or git@host:path, without a password in it';
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

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/repository.js


/**
 * An owner has an underscore where an enterprise manages its users: `mona_acme` (GitHub documentation, "About Enterprise
 * Managed Users").
 * @throws Expected
 */
function parseRepository(text) {
    const [, owner = '', name = ''] = /^([A-Za-z0-9][\w-]{0,99})\/([\w.-]{1,100})$/.exec(text) ?? [];
    if (owner !== '' && !/^\.{1,2}$|\.git$/.test(name))
        return { kind: 'name', owner, name };
    try {
        return { kind: 'url', remote: parseRemoteUrl(text) };
    }
    catch (error) {
        if (!(error instanceof expected_Expected))
            throw error;
        throw new expected_Expected(`owner/name, or ${error.want}`);
    }
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/inputs.js













const objectName = parsed('name', parseObjectName);
const inputs_image = parsed('image', parseImage);
const storageUri = parsed('storage URI', parseStorageUri);
/** A commit of more files than that is a migration. */
const MOST_FILES = 50;
const fields = {
    repository: parsed('repository', parseRepository)(),
    branch: parsed('branch', parseBranchName)({ default: 'main' }),
    file: collection('paths', parseFiles)(),
    kind: parsed('kind', parseKind)(),
    name: objectName(),
    namespace: objectName(),
    component: fields_oneOf(...COMPONENTS)(),
    canary: objectName(),
    container: objectName(),
    'mount-path': parsed('path', parseMountPath)(),
    policy: parsed('marker', parsePolicy)(),
    image: inputs_image(),
    'storage-uri': storageUri(),
    annotations: collection('Key=value lines', (text) => assertAnnotations(parseKeyValues(text)))(),
    env: collection('NAME=value lines', (text) => assertVariables(parseKeyValues(text)))(),
    path: parsed('path of keys', parseValuePath)(),
    value: parsed('value', parseValue)(),
    changes: parsed('YAML list', parseChanges)(),
    mode: fields_oneOf('bump', 'rollback')({ default: 'bump' }),
    'previous-image': inputs_image(),
    'previous-storage-uri': storageUri(),
    'rollback-of': parsed('commit SHA', parseCommitId)(),
    'allow-repository-change': fields_boolean({ default: 'false' }),
    'allow-downgrade': fields_boolean({ default: 'false' }),
    'allowed-registries': collection('list', (text) => parseList(text).map(parseAllowedRegistry))(),
    'on-conflict': fields_oneOf('fail', 'overwrite', 'skip-if-newer')({ default: 'fail' }),
    transport: fields_oneOf('auto', 'api', 'git')({ default: 'auto' }),
    token: secret(),
    'source-token': secret(),
    'ssh-key': secret(),
    'ssh-known-hosts': fields_text(),
    'commit-message': fields_text(),
    'model-version': parsed('version', parseVersion)(),
    'data-md5': parsed('MD5', parseMd5)(),
    environment: parsed('name', provenance_parseLine)(),
    approver: parsed('logins', parseLogins)(),
    'kfp-run': parsed('run', parseRun)(),
    trailers: parsed('Key=value lines', parseTrailerLines)(),
    author: parsed('Name <email>', parseAuthor)({
        default: 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>',
    }),
    'freeze-file': parsed('path', parseRepositoryPath)(),
    validate: fields_text(),
    'validate-timeout': duration({ default: '5m' }),
    ...pullRequestFields,
    'dry-run': common.dryRun(),
    timeout: common.timeout('10m'),
    'request-timeout': common.requestTimeout(),
    'ca-cert': common.caCert(),
    summary: common.summary(),
};
const inputs = defineInputs(fields, (given, problem) => {
    checkInputs(given, problem);
    checkPullRequest(given, problem);
});
function parseFiles(text) {
    const files = parseLines(text).map(parseRepositoryPath);
    if (files.length > MOST_FILES || new Set(files).size < files.length)
        throw new expected_Expected(`the paths of at most ${MOST_FILES} files, each once and on a line of its own`);
    return files;
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/further-back.js
/** How many commits are brought along by each further look; the last is as far as anybody looks. */
const FURTHER = [1_000, 20_000];
/** A decision asks for everything at once, and for more only when it looks further back. */
const MOST_LESSONS = 10;
/**
 * Decides on the branch as the first look found it, or as further looks do, each of which reaches further back into its
 * history: who deployed a file last can lie behind any number of commits about other things.
 */
async function decideOn(world, near, decide, readFurther) {
    let state = near;
    for (const history of FURTHER) {
        const decision = await decideKnowing(state, decide);
        if (decision !== 'look-further-back')
            return { head: state.head, ...decision };
        state = await readFurther(history);
    }
    if (state.hasOlder === true)
        world.log.info(`Commits behind the newest ${FURTHER.at(-1)} are not looked at`);
    const decision = await decideKnowing({ ...state, hasOlder: false }, decide);
    if (decision === 'look-further-back')
        throw new Error('a decision asked for more than the whole history');
    return { head: state.head, ...decision };
}
/** Asks again as long as something has to be learned, which every answer has less of. */
async function decideKnowing(state, decide) {
    for (let asked = 0; asked < MOST_LESSONS; asked += 1) {
        const decision = decide(state);
        if (decision === 'look-further-back' || !('learn' in decision))
            return decision;
        await decision.learn();
    }
    throw new Error('a decision did not remember what it has learned');
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

;// CONCATENATED MODULE: ./packages/gitops/src/branch/patience.js



const BACKOFF = { base: 500, cap: 20_000 };
const PATIENT_TRIES = 5;
/** Longer each time and never the same, so that writers who met do not meet again. @param attempts 1 after the first try */
async function pauseBeforeTry(world, attempts, why) {
    const ms = fullJitter(attempts - 1, { ...BACKOFF, random: world.random });
    world.log.info(`Try ${attempts}: ${why}; next try in ${formatDuration(ms)}`);
    await world.sleep(ms);
}
/** Does again what does no harm when it is done twice, while the trouble with it is one that passes. @throws Failure */
async function patiently(world, act) {
    for (let attempt = 1;; attempt += 1) {
        try {
            return await act();
        }
        catch (error) {
            if (!(error instanceof Failure) ||
                !isPassing(error) ||
                world.signal.aborted ||
                attempt === PATIENT_TRIES)
                throw error;
            world.log.info(`${error.message} Trying again.`);
            await world.sleep(fullJitter(attempt - 1, { ...BACKOFF, random: world.random }));
        }
    }
}
/** Limits of the API have been waited for by then; git does not tell how long they last. */
function isPassing({ kind, code, retryable }) {
    return code === 'GIT_RATE_LIMIT' || ((kind === 'upstream' || kind === 'timeout') && retryable);
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/uncertain.js



/** Milliseconds: a cancelled step is done in under five seconds, this look included. */
const LAST_LOOK_MS = 3_000;
/** Milliseconds before each of the looks that there is time for. Of the clock itself, since the step's own has stopped. */
const LOOKS = [0, 400, 1_000];
/** The commit of a change, which is known by its trailer. */
function findChange(history, changeId) {
    return history.find(({ message }) => parseTrailerBlocks(message).some((block) => new Map(block).get(TRAILER.changeId) === changeId));
}
/**
 * What was thrown, with what became of the commit that had been offered before, by one last look at the branch: in its
 * words, and as the output `commit-sha` where the SHA is known.
 */
async function withFate(world, thrown, uncertain) {
    if (!(thrown instanceof Failure))
        return thrown;
    const { changeId } = uncertain;
    const { what, outputs } = describeFate(await lookOnceMore(world, uncertain), uncertain);
    const { seen, next } = thrown.details;
    return withDetails(thrown, {
        seen: `${seen}; ${what}`,
        next: `Look for "${TRAILER.changeId}: ${changeId}" on the branch. ${next}`,
        ...(outputs === undefined ? {} : { outputs }),
    });
}
async function lookOnceMore(world, { changeId, reopen }) {
    if (reopen === undefined)
        return 'unseen';
    try {
        const late = hurried(world);
        const branch = await reopen(late);
        try {
            return await lookFor(changeId, branch, late.signal);
        }
        finally {
            await branch.close();
        }
    }
    catch (cause) {
        world.log.debug(`The last look at the branch failed: ${messageOf(cause)}`);
        return 'unseen';
    }
}
/** A step that is cancelled leaves a server at work: what it does not have yet it may have a moment later. */
async function lookFor(changeId, branch, signal) {
    for (const pause of LOOKS) {
        await (0,promises_namespaceObject.setTimeout)(pause, undefined, { signal });
        const { history } = await branch.read([]);
        const found = findChange(history, changeId);
        if (found !== undefined)
            return { commit: found.oid };
    }
    return 'absent';
}
/** What asks for more patience than there is, such as a limit of the API, is not waited for. */
function hurried(world) {
    const sleep = (ms) => ms < LAST_LOOK_MS ? world.sleep(ms) : Promise.reject(new Error(`it would take another ${ms} ms`));
    return { ...world, sleep, signal: AbortSignal.timeout(LAST_LOOK_MS) };
}
function describeFate(fate, { commit }) {
    if (fate === 'absent')
        return { what: 'a commit was pushed before; it is not on the branch yet' };
    if (fate !== 'unseen')
        return {
            what: `the commit was pushed before, and it is on the branch (${uncertain_short(fate.commit)})`,
            outputs: { 'commit-sha': fate.commit },
        };
    const what = 'before that a commit was pushed, it may be on the branch';
    return commit === undefined
        ? { what }
        : { what: `${what} (${uncertain_short(commit)})`, outputs: { 'commit-sha': commit } };
}
function uncertain_short(commit) {
    return commit.slice(0, 12);
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/land.js




/**
 * Each time the branch has moved somebody else got through: n simultaneous writers need n tries at most.
 */
const TRIES = 20;
/**
 * Brings a change onto a branch that others write to as well. Each try reads the head, makes the change
 * anew and offers the commit on that very head. There is no rebase to conflict and no force to lose what
 * somebody else wrote.
 *
 * When the connection dies after the commit was offered, nobody knows whether it was accepted: the next
 * read looks for it by its change id, so it is neither made twice nor called failed. Where that read fails
 * too, or the step ends before it, the failure says what a last look found of it, with its SHA as the output
 * `commit-sha`.
 * @throws Failure of `decide` and of the server's rules; GITOPS_CONTENTION when every try came too late
 */
async function landChange(world, branch, landing) {
    const { changeId } = landing;
    let first;
    let offered;
    for (let attempts = 1;; attempts += 1) {
        const near = await readAfter(world, branch, landing, { attempts, offered });
        const landed = offered && findChange(near.history, changeId);
        if (offered && landed)
            return { changed: true, commit: landed.oid, attempts: attempts - 1, result: offered.result };
        if (offered && attempts > TRIES)
            throw outOfTries(branch, offered.outcome);
        const further = (history) => readPatiently(world, branch, { ...landing, history });
        const { head, draft, result } = await decideOn(world, near, (state) => landing.decide(state, first), further);
        if (draft === undefined)
            return { changed: false, commit: head, attempts, result };
        first ??= result;
        await landing.check?.({ ...draft, parent: head });
        const outcome = await branch.land({ ...draft, parent: head });
        if (outcome.status === 'accepted')
            return { changed: true, commit: outcome.commit, attempts, result };
        if (outcome.status === 'refused')
            throw outcome.failure;
        offered = { result, outcome };
    }
}
/** The branch as it is now; after a try that came to nothing, or to nobody knows what, a while later. */
async function readAfter(world, branch, landing, { attempts, offered }) {
    if (offered === undefined)
        return readPatiently(world, branch, landing);
    const { outcome } = offered;
    const { changeId, reopen } = landing;
    try {
        await land_pause(world, attempts - 1, outcome);
        return await readPatiently(world, branch, landing);
    }
    catch (thrown) {
        if (outcome.status === 'moved')
            throw thrown;
        throw await withFate(world, thrown, { changeId, reopen, commit: outcome.commit });
    }
}
/** What `landChange` would do at the head as it is now; nothing is offered to the server. */
async function rehearseChange(world, branch, landing) {
    const near = await readPatiently(world, branch, landing);
    const further = (history) => readPatiently(world, branch, { ...landing, history });
    const decide = (state) => landing.decide(state, undefined);
    const { head, draft, result } = await decideOn(world, near, decide, further);
    if (draft !== undefined)
        await landing.check?.({ ...draft, parent: head });
    return { changed: false, commit: head, attempts: 0, result };
}
async function land_pause(world, attempts, { status, seen }) {
    const why = status === 'moved' ? 'another commit came first' : 'the server did not say whether it took the commit';
    await pauseBeforeTry(world, attempts, `${why} (${seen})`);
}
/** A read has no effect, so a passing trouble of the network is simply tried again. */
function readPatiently(world, branch, { paths, mayBeMissing = false, history }) {
    return patiently(world, () => branch.read(paths, { mayBeMissing, history }));
}
/** A server that never says what it did is not one that others were faster at. */
function outOfTries({ label }, { status, seen }) {
    if (status === 'unknown')
        return new Failure({
            kind: 'upstream',
            code: 'GITOPS_UNCERTAIN',
            what: 'Cannot get the commit onto the branch',
            on: label,
            seen: `in ${TRIES} tries the server did not say that it took the commit, and it is not there: ${seen}`,
            next: 'Run the job again; if it stays, look at the state of the server and at what lies between',
            retryable: true,
        });
    return new Failure({
        kind: 'conflict',
        code: 'GITOPS_CONTENTION',
        what: 'Cannot get the commit onto the branch',
        on: label,
        seen: `${TRIES} tries came too late: ${seen}`,
        next: 'Run the job again; if it stays, give writers of this branch a common `concurrency:` group',
    });
}

;// CONCATENATED MODULE: ./packages/github/src/answer.js


/**
 * The same `fetch`, but a web page in place of an answer is what it is: a login. GitHub's API has pages only for its own
 * breakdowns and for who asks too much, which stay what their status says.
 * @throws Failure GH_LOGIN_PAGE
 */
function checkedFetch(fetch) {
    return async (input, init) => {
        const response = await fetch(input, init);
        if (response.status < 500 && response.status !== 429 && (await isPage(response)))
            throw loginPage(response);
        return response;
    };
}
async function isPage(response) {
    const body = Buffer.from(await response.clone().arrayBuffer());
    return isHtml({ headers: Object.fromEntries(response.headers), body });
}
function loginPage({ status, url }) {
    return new Failure({
        kind: 'auth',
        code: 'GH_LOGIN_PAGE',
        what: 'Cannot speak to GitHub',
        on: URL.canParse(url) ? new URL(url).host : 'the API of GitHub',
        seen: `got a login page (HTTP ${status} with HTML) where the API is due`,
        next: 'Check that `GITHUB_API_URL` leads to GitHub and not to a proxy that asks for a login',
    });
}
/** @throws Failure GH_NOT_JSON: the answer was cut, or is none of GitHub's */
function noJson({ what, on }) {
    throw new Failure({
        kind: 'upstream',
        code: 'GH_NOT_JSON',
        what,
        on,
        seen: 'the answer is empty or cut short: it is no whole JSON',
        next: 'Run the job again; if it stays, look at a proxy before `GITHUB_API_URL`',
    });
}

;// CONCATENATED MODULE: ./packages/github/src/rate-limit.js
/** Milliseconds that GitHub asks for where it does not say how long: "at least one minute", and longer each time. */
const UNTOLD = 60_000;
/** No limit is waited for longer where nobody says how much time there is. */
const LONGEST_WAIT = 300_000;
const rate_limit_TRIES = 5;
/**
 * Whether GitHub said that it was asked too much, and so did nothing. Primary limits are told by a header, secondary ones
 * by words, and GraphQL has a type for them (GitHub documentation, "Rate limits for the REST API"). That nothing is left
 * says nothing of an answer of GraphQL, which may be the last one that there was.
 */
function isRateLimit({ status, type, message, headers }) {
    if (status === 429 || type === 'RATE_LIMITED')
        return true;
    if (status !== 403 && status !== 200)
        return false;
    const isUsedUp = status === 403 && headers['x-ratelimit-remaining'] === '0';
    return isUsedUp || /rate limit|abuse detection/i.test(message);
}
/**
 * Milliseconds until a limited request may be sent again: what `retry-after` says, or else when the primary limit is
 * reset, or else a minute that doubles ("Best practices for using the REST API", "Handle rate limit errors").
 * @param attempt 1 for the first request
 * @param now milliseconds since the epoch
 */
function limitedFor({ headers }, attempt, now) {
    const seconds = Number.parseInt(headers['retry-after'] ?? '', 10);
    if (seconds >= 0)
        return seconds * 1_000;
    const reset = Number.parseInt(headers['x-ratelimit-reset'] ?? '', 10);
    if (headers['x-ratelimit-remaining'] === '0' && reset > 0)
        return Math.max(0, reset * 1_000 - now);
    return UNTOLD * 2 ** (attempt - 1);
}
/** Whether it is worth the wait. @param deadline milliseconds since the epoch, where the caller has one */
function mayWait(wait, { attempt, now, deadline }) {
    if (attempt >= rate_limit_TRIES)
        return false;
    return deadline === undefined ? wait <= LONGEST_WAIT : now + wait < deadline;
}

;// CONCATENATED MODULE: ./packages/github/src/explain.js


const explain_RIGHTS = "Give a token of a GitHub App (or a fine-grained personal token) that is installed on that repository with `contents: write` (and `pull_requests: write` for pull requests); the workflow's own GITHUB_TOKEN reaches no other repository";
/**
 * GitHub's own trouble, told with 200. What became of a mutation is not known then (cli/cli#4037, moderneinc/moderne-help#10).
 */
const BREAKDOWN = /Something went wrong|timed? ?out|internal (?:server )?error|wrongly returned a null value/i;
/**
 * Any error of octokit as a Failure; one that is a Failure already, from the transport below, keeps its own
 * words.
 */
function explainGitHub({ what, on }, error, refusal) {
    if (refusal === undefined)
        return transportFailure({ what, on }, error);
    const { kind, code, next } = meaningOf(refusal);
    const id = refusal.headers['x-github-request-id'];
    const seen = `${refusal.status === 200 ? refusal.type || 'an error' : `HTTP ${refusal.status}`}: ${refusal.message}${id === undefined ? '' : ` (request ${id})`}`;
    return new Failure({ kind, code, what, on, seen, next, cause: error });
}
function meaningOf(refusal) {
    const { status, type, message } = refusal;
    if (isRateLimit(refusal)) {
        return {
            kind: 'rate-limit',
            code: 'GH_RATE_LIMIT',
            next: 'Wait for the limit to be reset, then run the job again; an App token has a larger one',
        };
    }
    if (type === 'STALE_DATA')
        return { kind: 'conflict', code: 'GH_STALE_DATA', next: 'Read the branch again' };
    if (/not permitted to create or approve pull requests/i.test(message)) {
        return {
            kind: 'policy',
            code: 'GH_PULLS_FORBIDDEN',
            next: 'Allow it in the settings of the repository or organization (Actions, General, "Allow GitHub Actions to create and approve pull requests"), or give a token of a GitHub App',
        };
    }
    if (isRule(refusal)) {
        return {
            kind: 'policy',
            code: 'GH_PROTECTED',
            next: 'Add the App or user of the token to the bypass list of the rule, or change the manifest by a pull request',
        };
    }
    if (status === 401)
        return { kind: 'auth', code: 'GH_AUTH', next: `The token is wrong or expired. ${explain_RIGHTS}` };
    if (status === 404 || type === 'NOT_FOUND') {
        return {
            kind: 'not-found',
            code: 'GH_NOT_FOUND',
            next: `Correct the name; a private repository is also "not found" for a token without rights. ${explain_RIGHTS}`,
        };
    }
    if (status === 403 || /^(?:FORBIDDEN|INSUFFICIENT_SCOPES)$/.test(type))
        return { kind: 'auth', code: 'GH_FORBIDDEN', next: explain_RIGHTS };
    if (status >= 500 || type === 'SERVICE_UNAVAILABLE' || BREAKDOWN.test(message)) {
        return {
            kind: 'upstream',
            code: 'GH_UPSTREAM',
            next: 'Run the job again; if it stays, look at https://www.githubstatus.com',
        };
    }
    return { kind: 'config', code: 'GH_REFUSED', next: 'Do what GitHub says, then run again' };
}
/** Classic protection has a type of its own, rule sets have not always (Thinkmill/keystatic#1598). */
function isRule({ type, message }) {
    return (type === 'BRANCH_PROTECTION_RULE_VIOLATION' ||
        /rule violations? found|protected branch|must be made through a pull request|verified signatures/i.test(message));
}
/** Octokit wraps what `fetch` rejects with; the Failure inside says it better. */
function transportFailure({ what, on }, error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
        if (cause instanceof Failure)
            return new Failure({ ...cause.details, what, cause: error });
    }
    const next = 'Run the job again; if it stays, look at https://www.githubstatus.com';
    return new Failure({
        kind: 'upstream',
        code: 'GH_UPSTREAM',
        what,
        on,
        seen: messageOf(error),
        next,
        cause: error,
    });
}

;// CONCATENATED MODULE: ./packages/github/src/refusal.wire.js
/**
 * Reads octokit's RequestError and GraphqlResponseError; undefined for anything else, a broken connection
 * included.
 */
function readRefusal(error) {
    if (!isRecord(error))
        return undefined;
    const { name, errors, status, message, response } = error;
    if (name === 'GraphqlResponseError' && Array.isArray(errors)) {
        const types = errors
            .map((entry) => (isRecord(entry) ? entry['type'] : undefined))
            .filter((type) => typeof type === 'string');
        const messages = errors.map((entry) => (isRecord(entry) ? String(entry['message'] ?? '') : ''));
        return {
            status: 200,
            type: types[0] ?? '',
            message: refusal_wire_onOneLine(messages.join('; ')),
            headers: readHeaders(error['headers']),
        };
    }
    // A request that got no answer is a RequestError of status 500 too, but without a response.
    if (typeof status !== 'number' || !isRecord(response))
        return undefined;
    return {
        status,
        type: '',
        message: refusal_wire_onOneLine(messageIn(response) ?? String(message)),
        headers: readHeaders(response['headers']),
    };
}
function messageIn({ data }) {
    return isRecord(data) && typeof data['message'] === 'string' ? data['message'] : undefined;
}
function readHeaders(value) {
    if (!isRecord(value))
        return {};
    return Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)]));
}
function refusal_wire_onOneLine(text) {
    return text.replace(/\s+/g, ' ').trim();
}
function isRecord(value) {
    return typeof value === 'object' && value !== null;
}

;// CONCATENATED MODULE: ./packages/github/src/client.js






/** Octokit over our own transport: its deadlines, its proxy, its certificates. A limit is waited for where there is time. */
function createGitHub(world, { apiUrl, token, http, deadline }) {
    const octokit = loadOctokit(apiUrl, token, checkedFetch(http.fetch));
    const call = async (purpose, send) => {
        for (let attempt = 1;; attempt += 1) {
            try {
                return await send();
            }
            catch (error) {
                await pauseOrThrow(world, purpose, error, { attempt, deadline });
            }
        }
    };
    return {
        graphql: (purpose, query, variables) => call(purpose, async () => {
            const data = await (await octokit).graphql(query, { ...variables });
            // Of an answer that is no JSON octokit makes undefined, which no `data` is.
            return data === undefined ? noJson(purpose) : data;
        }),
        rest: (purpose, route, parameters) => call(purpose, async () => {
            const { status, data } = await (await octokit).request(route, {
                ...parameters,
            });
            return typeof data === 'string' && status !== 204 ? noJson(purpose) : data;
        }),
    };
}
/** GitHub does nothing of a request that meets a limit, so it can be sent again, whatever it was. */
async function pauseOrThrow({ log, now, random, sleep }, purpose, error, { attempt, deadline }) {
    const refusal = readRefusal(error);
    const failure = explainGitHub(purpose, error, refusal);
    if (refusal === undefined || !isRateLimit(refusal))
        throw failure;
    const asked = limitedFor(refusal, attempt, now());
    const duration = formatDuration(asked);
    const wait = asked + random() * 1_000;
    if (!mayWait(wait, { attempt, now: now(), deadline }))
        throw new Failure({ ...failure.details, seen: `${failure.details.seen}; it asks to wait ${duration}` });
    log.info(`${failure.details.what}: ${failure.details.seen}; next try in ${duration}`);
    await sleep(wait);
}
/**
 * Imported when it is needed: the module reads the event file, prints when there is none, and takes its
 * time.
 */
async function loadOctokit(baseUrl, token, fetch) {
    const { getOctokit } = await __nccwpck_require__.e(/* import() */ 329).then(__nccwpck_require__.bind(__nccwpck_require__, 1329));
    return getOctokit(token, { baseUrl, request: { fetch }, log: SILENT });
}
const SILENT = { debug: () => { }, info: () => { }, warn: () => { }, error: () => { } };

;// CONCATENATED MODULE: ./packages/github/src/json.wire.js

// Readers of GitHub's answers: each says which part of the answer is not what it should be.
function json_wire_text(value, key) {
    const found = field(value, key);
    if (typeof found !== 'string')
        throw unexpected(key, found);
    return found;
}
function json_wire_number(value, key) {
    const found = field(value, key);
    if (typeof found !== 'number')
        throw unexpected(key, found);
    return found;
}
function json_wire_boolean(value, key) {
    const found = field(value, key);
    if (typeof found !== 'boolean')
        throw unexpected(key, found);
    return found;
}
/** One of the words; any other is not what GitHub's schema has. */
function word(value, key, words) {
    const found = json_wire_text(value, key);
    const known = words.find((candidate) => candidate === found);
    if (known === undefined)
        throw unexpected(key, found);
    return known;
}
/** `{ nodes: […] }`, the shape of every list of GraphQL; where the list itself is null it is empty. */
function nodes(value, key) {
    const connection = field(value, key);
    if (connection === null)
        return [];
    const found = field(connection, 'nodes');
    if (!Array.isArray(found))
        throw unexpected(`${key}.nodes`, found);
    return found.filter((node) => node !== null);
}
function field(value, key) {
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, key))
        return value[key];
    throw unexpected(key, value);
}
function unexpected(key, found) {
    return new Failure({
        kind: 'upstream',
        code: 'GH_SHAPE',
        what: "Cannot read GitHub's answer",
        on: key,
        seen: `${JSON.stringify(found)?.slice(0, 200)} stands where something else was expected`,
        next: 'Check that `GITHUB_API_URL` leads to GitHub and not to a proxy',
    });
}

;// CONCATENATED MODULE: ./packages/github/src/answers.wire.js

/** `data` of the query in branch.ts. */
function parseBranch(data, paths) {
    const ref = field(field(data, 'repository'), 'ref');
    if (ref === null)
        return undefined;
    const target = field(ref, 'target');
    return parseSnapshot(target, paths);
}
/** `data` of the query for a commit in branch.ts. */
function parseCommit(data, paths) {
    const commit = field(field(data, 'repository'), 'object');
    return commit === null ? undefined : parseSnapshot(commit, paths);
}
/** A Commit with its history and the files asked for. */
function parseSnapshot(target, paths) {
    return {
        head: json_wire_text(target, 'oid'),
        history: parseCommits(target),
        files: paths.map((path, index) => parseFile(path, field(target, `file${index}`))),
    };
}
function parseFile(path, entry) {
    if (entry === null)
        return undefined;
    return { path, mode: json_wire_number(entry, 'mode').toString(8).padStart(6, '0'), oid: json_wire_text(entry, 'oid') };
}
/** `data` of the query in file-history.ts. */
function parseHistoryPage(data) {
    const commit = field(field(data, 'repository'), 'object');
    const info = field(field(commit, 'history'), 'pageInfo');
    return {
        commits: parseCommits(commit),
        next: field(info, 'hasNextPage') === true ? json_wire_text(info, 'endCursor') : undefined,
    };
}
function parseCommits(commit) {
    return nodes(commit, 'history').map((node) => ({ oid: json_wire_text(node, 'oid'), message: json_wire_text(node, 'message') }));
}
/** A blob of the REST API: `{ encoding: 'base64', content }`, the content in lines. */
function parseBlob(data) {
    const encoding = field(data, 'encoding');
    if (encoding !== 'base64')
        throw unexpected('encoding', encoding);
    return Buffer.from(json_wire_text(data, 'content'), 'base64');
}
/** `data` of the mutation in commit.ts. */
function parseCreatedCommit(data) {
    return json_wire_text(field(field(data, 'createCommitOnBranch'), 'commit'), 'oid');
}
const STATUSES = ['ahead', 'behind', 'identical', 'diverged'];
/** The files of a comparison. */
function parseChangedFiles(data) {
    const files = field(data, 'files');
    if (!Array.isArray(files))
        throw unexpected('files', files);
    return files.map((file) => ({
        path: json_wire_text(file, 'filename'),
        status: json_wire_text(file, 'status'),
        sha: field(file, 'sha') === null ? null : json_wire_text(file, 'sha'),
    }));
}
function parseComparison(data) {
    return word(data, 'status', STATUSES);
}

;// CONCATENATED MODULE: ./packages/github/src/compare.js

/**
 * Compares two commits of a repository: whether a branch contains a commit without having any of its
 * history here.
 * @throws Failure GH_NOT_FOUND when either is unknown
 */
async function compareCommits(github, { owner, name }, base, head) {
    return parseComparison(await compare(github, { owner, name }, base, head));
}
/**
 * The files that `head` has changed since it left `base`, with their contents' SHAs; the first three hundred.
 * @throws Failure GH_NOT_FOUND when either is unknown
 */
async function listChangedFiles(github, repository, base, head) {
    return parseChangedFiles(await compare(github, repository, base, head));
}
function compare(github, { owner, name }, base, head) {
    const on = `${owner}/${name} ${base.slice(0, 12)}...${head.slice(0, 12)}`;
    const parameters = { owner, repo: name, basehead: `${base}...${head}`, per_page: '1' };
    const route = 'GET /repos/{owner}/{repo}/compare/{basehead}';
    return github.rest({ what: 'Cannot compare two commits', on }, route, parameters);
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/ancestry.js




/**
 * Asks GitHub how commits of the product relate, each once. A history that cannot be read (a token without the right, a
 * commit that a force push took away) is no reason to stop a deployment: then run ids decide alone, and it is said.
 */
function createAncestry(world, place) {
    const known = new Map();
    return {
        containsOurs: (commit) => known.get(commit),
        async learn(commits) {
            const http = createHttp(world, {
                requestTimeout: place.requestTimeout,
                trustedOrigins: [new URL(place.apiUrl).origin],
                ...(place.caCert === undefined ? {} : { caCert: place.caCert }),
            });
            try {
                const { apiUrl, token, repository, sha } = place;
                const github = createGitHub(world, { apiUrl, token, http });
                for (const commit of commits) {
                    const compared = patiently(world, () => compareCommits(github, repository, sha, commit));
                    const comparison = await compared.catch((thrown) => notKnown(world, commit, thrown));
                    known.set(commit, comparison === 'ahead' ? 'yes' : 'no');
                }
            }
            finally {
                http.close();
            }
        },
    };
}
function notKnown({ log }, commit, thrown) {
    // An outage passes, and whoever runs again learns it; a missing right or commit stays.
    if (!(thrown instanceof Failure) || thrown.kind === 'cancelled' || thrown.retryable)
        throw thrown;
    const unknown = `Whether ${commit.slice(0, 12)}, which is deployed, is newer than this run's commit is not known`;
    log.warn(`${unknown}; the run ids decide. ${messageOf(thrown)}`);
}

;// CONCATENATED MODULE: external "node:fs/promises"
const external_node_fs_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: ./packages/runner/src/ca-cert.js



/**
 * The input `ca-cert`: PEM text as it is, or what stands in the file that it names.
 * @throws Failure `config` where there is no such file
 */
async function readCaCert(given, workspace) {
    if (given === undefined || given.includes('-----BEGIN CERTIFICATE-----'))
        return given;
    return (0,external_node_fs_promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.resolve)(workspace, given), 'utf8').catch((cause) => {
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

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/ancestry.js


/** The history of the repository whose workflow this is, where a token may read it. */
async function ancestryOf({ sourceToken: token, requestTimeout, caCert }, { context, ...world }) {
    const { repository, sha, apiUrl, workspace } = context;
    const [owner = '', name = ''] = repository.split('/');
    if (token === undefined || sha === '' || name === '')
        return undefined;
    const place = { apiUrl, token, repository: { owner, name }, sha, requestTimeout };
    return createAncestry(world, { ...place, caCert: await readCaCert(caCert, workspace) });
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/fork.wire.js


/** Where the payload of an event says whose code it is about. */
const ORIGINS = [
    { event: /^pull_request/, of: 'pull_request', path: ['head', 'repo', 'full_name'] },
    { event: /^workflow_run$/, of: 'workflow_run', path: ['head_repository', 'full_name'] },
];
/**
 * What a fork proposes is not deployed, also where its event (`pull_request_target`, `workflow_run`) runs with the
 * secrets of this repository. A fork that is gone since has no name any more, and a payload that does not say is no
 * proof of the contrary.
 * @throws Failure BUMP_FORK
 */
async function assertNoFork({ eventName, eventPath, repository, }) {
    const origin = ORIGINS.find(({ event }) => event.test(eventName));
    if (origin === undefined)
        return;
    const name = [origin.of, ...origin.path].reduce(fork_wire_fieldOf, await readPayload(eventPath));
    if (typeof name === 'string' && name.toLowerCase() === repository.toLowerCase())
        return;
    throw new Failure({
        kind: 'policy',
        code: 'BUMP_FORK',
        what: 'Refusing to deploy',
        on: `the event ${eventName} of ${repository}`,
        seen: typeof name === 'string'
            ? `it is about code of the fork ${name}`
            : 'it does not say whose code it is about',
        next: 'Deploy after the merge, on `push`; `dry-run: true` shows here what would be changed',
    });
}
async function readPayload(path) {
    try {
        return JSON.parse(await (0,external_node_fs_promises_namespaceObject.readFile)(path, 'utf8'));
    }
    catch {
        return undefined;
    }
}
function fork_wire_fieldOf(value, key) {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? value[key]
        : undefined;
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/credentials.js


/** github.com's key as it publishes it (docs.github.com, "GitHub's SSH key fingerprints"). */
const KNOWN_GITHUB = 'github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
/**
 * What git gets to show to the server.
 * @throws Failure INPUTS when an input is missing, or when a token of GitHub would go to another server
 */
function credentialFor({ token, sshKey, sshKnownHosts }, remote, serverUrl) {
    if (remote.protocol === 'http') {
        if (token === undefined)
            return { kind: 'anonymous' };
        assertForThisServer(token, remote, serverUrl);
        return { kind: 'token', token };
    }
    const knownHosts = sshKnownHosts ?? (remote.host === 'github.com' ? KNOWN_GITHUB : undefined);
    const seen = `${remote.url} is reached by ssh`;
    if (sshKey === undefined)
        throw credentials_inputFailure('ssh-key', seen, 'Give a deploy key with write access, or an https URL and a `token`');
    if (knownHosts === undefined)
        throw credentials_inputFailure('ssh-known-hosts', seen, `Give the lines of \`${keyscan(remote.host)}\`, after comparing the fingerprint`);
    return { kind: 'ssh-key', privateKey: sshKey, knownHosts };
}
function keyscan(host) {
    const [, name = host, port] = /^(.*):(\d+)$/.exec(host) ?? [];
    return ['ssh-keyscan', ...(port === undefined ? [] : ['-p', port]), name].join(' ');
}
/**
 * `token` is the workflow's own unless it is given, and that one is nobody else's business: an installation
 * token of GitHub (`ghs_…`) goes to GitHub only.
 */
function assertForThisServer(token, remote, serverUrl) {
    const isGitHub = remote.origin === new URL(serverUrl).origin || /^(?:github\.com|[\w-]+\.ghe\.com)$/.test(remote.host);
    if (isGitHub || !token.startsWith('ghs_'))
        return;
    const seen = `it holds a token of GitHub, which is not sent to ${remote.host}`;
    throw credentials_inputFailure('token', seen, `Give a token of ${remote.host}`);
}
function credentials_inputFailure(on, seen, next) {
    return new Failure({
        kind: 'config',
        code: 'INPUTS',
        what: 'The inputs do not fit together',
        on,
        seen,
        next,
    });
}
function warnOfPlainHttp(remote, { log }) {
    if (remote.protocol !== 'http' || isPrivateWay(remote))
        return;
    log.warn(`${remote.origin} is not encrypted: whoever is on the way can read the token and change what is committed`);
}

// EXTERNAL MODULE: external "string_decoder"
var external_string_decoder_ = __nccwpck_require__(3193);
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(4434);
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
// EXTERNAL MODULE: external "assert"
var external_assert_ = __nccwpck_require__(2613);
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


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_.promises;
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
const READONLY = external_fs_.constants.O_RDONLY;
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
class ToolRunner extends external_events_.EventEmitter {
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
            let n = s.indexOf(external_os_.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_.EOL.length);
                n = s.indexOf(external_os_.EOL);
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
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_.EOL);
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
class ExecState extends external_events_.EventEmitter {
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
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __nccwpck_require__(8474);
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
            onLine(sanitizeLine(line));
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
        await (0,external_node_events_.once)(child, 'spawn');
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
        if (value !== undefined && environment_isAllowed(name, sshAgent))
            chosen[name] = value;
    }
    for (const [name, value] of Object.entries(extra)) {
        if (value !== undefined)
            chosen[name] = value;
    }
    return chosen;
}
/** Proxy variables are read in both cases, and on Windows every name is. */
function environment_isAllowed(name, sshAgent) {
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
    const lines = sanitizeText(stderr, { maxLines: 100, maxLineLength: 300 })
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
    const agentSocket = (0,external_node_path_namespaceObject.join)(directory, 'agent');
    const knownHostsFile = (0,external_node_path_namespaceObject.join)(directory, 'known_hosts');
    await (0,external_node_fs_promises_namespaceObject.writeFile)(knownHostsFile, `${knownHosts.trim()}\n`);
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
    return new Failure({
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
    const directory = await (0,external_node_fs_promises_namespaceObject.mkdtemp)((0,external_node_path_namespaceObject.join)(options.temp, 'gitops-'));
    let agent;
    const close = async () => {
        await agent?.stop();
        await (0,external_node_fs_promises_namespaceObject.rm)(directory, { recursive: true, force: true });
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
    const file = (0,external_node_path_namespaceObject.join)(directory, 'trusted.pem');
    await (0,external_node_fs_promises_namespaceObject.writeFile)(file, [...(0,external_node_tls_.getCACertificates)('default'), caCert].join('\n'));
    return file;
}

;// CONCATENATED MODULE: ./packages/git/src/push-outcome.js


const MOVED = /\((?:non-fast-forward|fetch first|stale info|needs force|incorrect old value provided|failed to update ref|reference already exists)\)|cannot lock ref|failed to lock/;
const RULE = /GH006|GH013|hook declined|protected branch|push declined|prohibited|not allowed/i;
/**
 * Reads a push's transcript. The words are git's own (builtin/send-pack.c, remote.c), with the reasons that
 * GitHub and GitLab put into the parentheses after `[remote rejected]`.
 */
function readPush(on, { exitCode, stdout, stderr }) {
    if (exitCode === 0)
        return { status: 'accepted' };
    const all = `${stdout}\n${stderr}`;
    const seen = lastWords(`${stderr}\n${rejectionLine(stdout)}`);
    if (MOVED.test(all))
        return { status: 'moved', seen };
    if (RULE.test(all))
        return { status: 'refused', failure: ruleFailure(on, seen) };
    const known = explainRemote(stderr);
    if (known !== undefined)
        return { status: 'refused', failure: new Failure({ ...known, what: WHAT, on, seen }) };
    if (/\[remote rejected\]|\[rejected\]/.test(all))
        return { status: 'refused', failure: rejectedFailure(on, seen) };
    return { status: 'unknown', seen };
}
const WHAT = 'Cannot push the commit';
/** The line of the ref that was not updated: `!<TAB>from:to<TAB>[rejected] (fetch first)`. */
function rejectionLine(stdout) {
    const line = stdout.split('\n').find((text) => text.startsWith('!'));
    return line === undefined ? '' : line.replaceAll('\t', ' ');
}
function ruleFailure(on, seen) {
    const next = 'Add the App or user of the token to the bypass list of the rule, or let the API make the commit (`transport: api`) where the rule asks for signatures';
    return new Failure({ kind: 'policy', code: 'GIT_PUSH_PROTECTED', what: WHAT, on, seen, next });
}
function rejectedFailure(on, seen) {
    return new Failure({
        kind: 'policy',
        code: 'GIT_PUSH_REJECTED',
        what: WHAT,
        on,
        seen,
        next: 'The server turned the commit down: do what it says, then run again',
    });
}

;// CONCATENATED MODULE: ./packages/git/src/branch.js

/**
 * Brings the branch as it is now, `depth` commits of it, without the contents of files. Returns its head.
 * @throws Failure GIT_BRANCH_NOT_FOUND and those of the network and the server's rights
 */
async function fetchBranch(repository, branch, depth = 1) {
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

;// CONCATENATED MODULE: ./packages/git/src/commit.js
/**
 * Makes the commit out of objects alone, by one process: no work tree, so no checkout, no line-end conversion, no
 * symlink to follow and nothing left half-written. No branch moves: the ref of its own that git wants is of this
 * repository only. A partial clone needs no blob but the new ones.
 * @returns the id of the commit
 */
async function writeCommit(repository, commit) {
    const { stdout } = await repository.run({
        what: 'Cannot make the commit',
        // A second attempt, on a newer head, is no successor of the first.
        args: ['fast-import', '--quiet', '--done', '--force'],
        input: importStream(commit),
    });
    return stdout.trim();
}
/** Pure: what git-fast-import(1) reads to make the commit and to print its id. */
function importStream({ parent, files, message, author, time }) {
    const date = `${Math.floor(time / 1_000)} +0000`;
    const who = `${commit_word(author.name)} <${commit_word(author.email)}> ${date}`;
    return Buffer.concat([
        Buffer.from(`commit refs/mlops-actions/change\nmark :1\nauthor ${who}\ncommitter ${who}\n`),
        data(Buffer.from(message)),
        Buffer.from(`from ${parent}\n`),
        ...files.flatMap(({ path, mode, bytes }) => [
            Buffer.from(`M ${mode} inline ${quote(path)}\n`),
            data(bytes),
        ]),
        Buffer.from('get-mark :1\ndone\n'),
    ]);
}
function data(bytes) {
    return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}
/** What would end a name or a line does not belong into either; git itself drops it too (ident.c). */
function commit_word(text) {
    return text.replace(/[<>\n\r\0]/g, '');
}
/** A path in quotes, C-style (git-fast-import(1), "filemodify"). */
function quote(path) {
    return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/branch.js
/** Commits that come along with the head: enough to see who deployed what last, in most cases. Their files do not. */
const NEAR_HISTORY = 50;

;// CONCATENATED MODULE: ./packages/gitops/src/branch/refused-file.js

/** A file that cannot be edited where it stands: what it leads to may be outside of the repository. */
function refusedFile(label, path, kind) {
    return new Failure({
        kind: 'config',
        code: 'GITOPS_NOT_A_FILE',
        what: 'Cannot edit a file of the branch',
        on: `${path} in ${label}`,
        seen: `it is a ${kind}`,
        next: kind === 'folder' ? 'Name the file in it' : 'Name the file itself, in the repository it belongs to',
    });
}
function missingFile(label, path) {
    return new Failure({
        kind: 'not-found',
        code: 'GITOPS_FILE_NOT_FOUND',
        what: 'Cannot read a file of the branch',
        on: `${path} in ${label}`,
        seen: 'there is no such file at the head of the branch',
        next: 'Correct `file` (its case counts), `branch` or `repository`',
    });
}
/** Where a file may be missing, that is no failure; anything else stays one. */
function toleratingMissing(mayBeMissing) {
    return (thrown) => {
        if (mayBeMissing && thrown instanceof Failure && thrown.code === 'GITOPS_FILE_NOT_FOUND')
            return [];
        throw thrown;
    };
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/git-branch.js






/** A branch reached by git itself, over HTTPS or SSH: for every forge, and for deploy keys. */
async function openGitBranch(world, options) {
    const repository = await openRepository(world, options);
    const label = `${options.remote.path} ${options.branch}`;
    return {
        label,
        commitUrl: (commit) => commitUrl(options.remote, commit),
        async read(paths, { mayBeMissing = false, history: depth = NEAR_HISTORY } = {}) {
            // What lies far back is only read, and of the head everything is there since the first look.
            const filter = depth > NEAR_HISTORY ? 'tree:0' : 'blob:none';
            const { commits: history, hasOlder } = await fetchHistory(repository, options.branch, depth, filter);
            const head = history[0].oid;
            const entries = await readEntries(repository, head, paths);
            const found = paths.flatMap((path) => entries.get(path)?.oid ?? []);
            if (found.length > 1)
                await bringBlobs(repository, found);
            const files = [];
            for (const path of paths) {
                const file = readFile(repository, { label, head, path, entry: entries.get(path) });
                files.push(...(await file.catch(toleratingMissing(mayBeMissing))));
            }
            return { head, history, hasOlder, files };
        },
        land: (draft) => land(world, repository, options, draft),
        close: repository.close,
    };
}
async function land(world, repository, { branch, author }, draft) {
    const commit = await writeCommit(repository, { ...draft, author, time: world.now() });
    const push = () => pushUnlimited(repository, { commit, parent: draft.parent }, branch);
    const outcome = await patiently(world, push).catch(refusedByLimit);
    return outcome.status === 'accepted' || outcome.status === 'unknown' ? { ...outcome, commit } : outcome;
}
/** A server does nothing of a push that meets its limit, so it can be sent again. @throws Failure GIT_RATE_LIMIT */
async function pushUnlimited(repository, offer, branch) {
    const outcome = await pushCommit(repository, offer, branch).catch(endedEarly);
    if (outcome.status === 'refused' && outcome.failure.code === 'GIT_RATE_LIMIT')
        throw outcome.failure;
    return outcome;
}
function refusedByLimit(thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'GIT_RATE_LIMIT')
        throw thrown;
    return { status: 'refused', failure: thrown };
}
/** A push that was ended from here, by its own clock or because the step is, may have done its work. */
function endedEarly(thrown) {
    if (!(thrown instanceof Failure) || (thrown.kind !== 'timeout' && thrown.kind !== 'cancelled'))
        throw thrown;
    return { status: 'unknown', seen: thrown.details.seen };
}
async function readFile(repository, seen) {
    const { path, entry } = seen;
    if (entry?.kind !== 'file')
        throw await notAFile(repository, seen);
    return [{ path, mode: entry.mode, bytes: await readBlob(repository, entry.oid) }];
}
/** Names the link or submodule that is in the way, wherever on the path it stands. */
async function notAFile(repository, { label, head, path, entry }) {
    if (entry !== undefined)
        return refusedFile(label, path, entry.kind);
    const folders = path
        .split('/')
        .slice(0, -1)
        .map((_, depth, all) => (0,external_node_path_namespaceObject.join)(...all.slice(0, depth + 1)));
    for (const folder of folders) {
        const above = await readEntry(repository, head, folder);
        if (above === undefined)
            break;
        if (above.kind !== 'folder')
            return refusedFile(label, folder, above.kind);
    }
    return missingFile(label, path);
}
/** GitHub, GitLab and Gitea all answer below `/commit/`. */
function commitUrl(remote, commit) {
    if (remote.protocol === 'http')
        return `${remote.origin}/${remote.path}/commit/${commit}`;
    return remote.host.includes(':') ? undefined : `https://${remote.host}/${remote.path}/commit/${commit}`;
}

;// CONCATENATED MODULE: ./packages/github/src/branch.js

/**
 * The head of a branch, its newest commits, and what stands at some paths of it: one request, so one
 * moment. Undefined where the branch does not exist.
 * @throws Failure GH_NOT_FOUND for the repository, and for everything else that GitHub refuses
 */
async function readBranch(github, { owner, name }, branch, { paths, commits }) {
    const { declared, fields, values } = commitFields(paths);
    const query = `query($owner: String!, $name: String!, $ref: String!, $commits: Int!${declared}) {
    repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { target { ${fields} } } } }`;
    const purpose = { what: 'Cannot read the branch', on: `${owner}/${name} ${branch}` };
    return parseBranch(await github.graphql(purpose, query, { owner, name, ref: `refs/heads/${branch}`, commits, ...values }), paths);
}
/**
 * The same of a commit, which need not be the head of any branch. Undefined where the repository does not have it.
 * @throws Failure
 */
async function readCommit(github, { owner, name }, oid, { paths, commits }) {
    const { declared, fields, values } = commitFields(paths);
    const query = `query($owner: String!, $name: String!, $oid: GitObjectID!, $commits: Int!${declared}) {
    repository(owner: $owner, name: $name) { object(oid: $oid) { ${fields} } } }`;
    const purpose = { what: 'Cannot read the commit', on: `${owner}/${name} ${oid.slice(0, 12)}` };
    const data = await github.graphql(purpose, query, { owner, name, oid, commits, ...values });
    return parseCommit(data, paths);
}
/** What is asked of a commit: its history, and an entry for each path. */
function commitFields(paths) {
    const declared = paths.map((_, index) => `, $path${index}: String!`).join('');
    const files = paths.map((_, index) => `file${index}: file(path: $path${index}) { mode oid }`).join(' ');
    return {
        declared,
        fields: `oid ... on Commit { history(first: $commits) { nodes { oid message } } ${files} }`,
        values: Object.fromEntries(paths.map((path, index) => [`path${index}`, path])),
    };
}
/**
 * The bytes of a blob. Not by GraphQL's `text`, which is decoded, nor as raw text, which octokit decodes.
 */
async function branch_readBlob(github, { owner, name }, oid) {
    const purpose = { what: 'Cannot read the file', on: `${owner}/${name}` };
    const route = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}';
    return parseBlob(await github.rest(purpose, route, { owner, repo: name, file_sha: oid }));
}

;// CONCATENATED MODULE: ./packages/github/src/file-history.js

/** The most that GitHub gives out at once. */
const PAGE = 100;
/**
 * The commits that changed a file, as the history of a commit has them.
 * @param head the commit to go back from
 * @param most pages of a hundred are read until there are as many
 * @throws Failure as `readBranch`
 */
async function readFileHistory(github, { owner, name }, { head, path, most }) {
    const query = `query($owner: String!, $name: String!, $head: GitObjectID!, $path: String!, $after: String) {
    repository(owner: $owner, name: $name) { object(oid: $head) { ... on Commit {
      history(first: ${PAGE}, path: $path, after: $after) { nodes { oid message }
        pageInfo { hasNextPage endCursor } } } } } }`;
    const purpose = { what: 'Cannot read the history', on: `${path} in ${owner}/${name}` };
    const commits = [];
    let page = { commits: [], next: undefined };
    do {
        const variables = { owner, name, head, path, after: page.next ?? null };
        page = parseHistoryPage(await github.graphql(purpose, query, variables));
        commits.push(...page.commits);
    } while (page.next !== undefined && commits.length < most);
    return { commits, hasOlder: page.next !== undefined };
}

;// CONCATENATED MODULE: ./packages/github/src/commit.js


const MUTATION = 'mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }';
/**
 * Commits whole files on a branch, if its head is still the expected one; GitHub signs the commit for App
 * tokens. Files get mode 100644. An empty list of deletions is left out: null makes GitHub answer
 * "Something went wrong".
 */
async function commitOnBranch(github, { owner, name }, branch, { expectedHead, message, files }) {
    const [headline = '', ...rest] = message.trim().split('\n');
    const input = {
        branch: { repositoryNameWithOwner: `${owner}/${name}`, branchName: branch },
        expectedHeadOid: expectedHead,
        message: { headline, body: rest.join('\n').trim() },
        fileChanges: {
            additions: files.map(({ path, bytes }) => ({ path, contents: bytes.toString('base64') })),
        },
    };
    const purpose = { what: 'Cannot make the commit', on: `${owner}/${name} ${branch}` };
    try {
        return {
            status: 'accepted',
            commit: parseCreatedCommit(await github.graphql(purpose, MUTATION, { input })),
        };
    }
    catch (error) {
        if (!(error instanceof Failure))
            throw error;
        return outcomeOf(error);
    }
}
/** Only an answer that says no is a no. */
function outcomeOf(failure) {
    const { seen } = failure.details;
    if (failure.code === 'GH_STALE_DATA')
        return { status: 'moved', seen };
    if (failure.kind === 'upstream' || failure.kind === 'timeout')
        return { status: 'unknown', seen };
    return { status: 'refused', failure };
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/histories.js
/**
 * One history out of several of one branch, each newest first: a commit stands behind every commit that stands before it in
 * any of them.
 */
function mergeHistories(lists) {
    const places = lists.map((list) => new Map(list.map(({ oid }, place) => [oid, place])));
    const at = lists.map(() => 0);
    const isAtHand = ({ oid }) => places.every((place, list) => (place.get(oid) ?? at[list]) === at[list]);
    const merged = [];
    for (;;) {
        const heads = lists.flatMap((list, index) => list[at[index] ?? 0] ?? []);
        const next = heads.find(isAtHand);
        if (next === undefined)
            break;
        merged.push(next);
        for (const [list, place] of places.entries())
            if (place.has(next.oid))
                at[list] = (at[list] ?? 0) + 1;
    }
    // Lists that contradict each other are no histories of one branch; even then nothing is lost.
    const rest = lists.flatMap((list, index) => list.slice(at[index]));
    return [...merged, ...new Map(rest.map((commit) => [commit.oid, commit])).values()];
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/github-branch.js





/** A branch reached by GitHub's API: no git, no checkout, and commits that GitHub signs. */
function openGitHubBranch(options) {
    const { owner, name } = options.repository;
    return {
        label: labelOf(options),
        commitUrl: (commit) => `${options.serverUrl}/${owner}/${name}/commit/${commit}`,
        read: (paths, wanted = {}) => read(options, paths, wanted),
        land: (draft) => github_branch_land(options, draft),
        close: async () => { },
    };
}
function labelOf({ repository, branch }) {
    return `${repository.owner}/${repository.name} ${branch}`;
}
async function read(options, paths, { mayBeMissing = false, history = NEAR_HISTORY }) {
    const { github, repository, branch } = options;
    const snapshot = await readBranch(github, repository, branch, { paths, commits: NEAR_HISTORY });
    if (snapshot === undefined)
        throw missingBranch(labelOf(options));
    return stateOf(options, snapshot, paths, { mayBeMissing, history });
}
/**
 * The files of a commit, be it on the branch or not.
 * @throws Failure as {@link Branch.read}
 */
async function readCommitState(options, commit, paths, { mayBeMissing = false, history = NEAR_HISTORY } = {}) {
    const { github, repository } = options;
    const snapshot = await readCommit(github, repository, commit, { paths, commits: NEAR_HISTORY });
    if (snapshot === undefined)
        throw missingBranch(`${labelOf(options)} at ${commit.slice(0, 12)}`);
    return stateOf(options, snapshot, paths, { mayBeMissing, history });
}
async function stateOf(options, snapshot, paths, { mayBeMissing, history }) {
    const { github, repository } = options;
    const files = [];
    for (const [index, path] of paths.entries()) {
        const entry = snapshot.files[index];
        if (entry === undefined) {
            toleratingMissing(mayBeMissing)(await notThere(options, path));
            continue;
        }
        assertFile(labelOf(options), entry);
        files.push({ path, mode: entry.mode, bytes: await branch_readBlob(github, repository, entry.oid) });
    }
    return { head: snapshot.head, ...(await historyOf(options, snapshot, paths, history)), files };
}
/** The newest commits; where more is wanted than comes along with the head, those behind them that changed one of the files. */
async function historyOf({ github, repository }, { head, history }, paths, most) {
    const isWhole = history.length < NEAR_HISTORY;
    if (isWhole || most <= NEAR_HISTORY)
        return { history, hasOlder: !isWhole };
    const ofFiles = await Promise.all(paths.map((path) => readFileHistory(github, repository, { head, path, most })));
    const lists = [history, ...ofFiles.map(({ commits }) => commits)];
    return { history: mergeHistories(lists), hasOlder: ofFiles.some(({ hasOlder }) => hasOlder) };
}
async function github_branch_land(options, { parent, message, files }) {
    const { github, repository, branch } = options;
    const executable = files.find(({ mode }) => mode !== '100644');
    if (executable !== undefined)
        return { status: 'refused', failure: lostMode(labelOf(options), executable.path) };
    const outcome = await commitOnBranch(github, repository, branch, { expectedHead: parent, message, files });
    // Ended from here, when the request may have been on its way.
    if (outcome.status === 'refused' && outcome.failure.kind === 'cancelled')
        return { status: 'unknown', seen: outcome.failure.details.seen };
    return outcome;
}
/** Names the link or submodule that is in the way, wherever above the path it stands. */
async function notThere(options, path) {
    const { github, repository, branch } = options;
    const folders = path.split('/').slice(0, -1);
    const paths = folders.map((_, index) => folders.slice(0, index + 1).join('/'));
    const above = await readBranch(github, repository, branch, { paths, commits: 1 });
    const inTheWay = above?.files.find((entry) => entry !== undefined && kindOf(entry) !== 'folder');
    if (inTheWay === undefined)
        return missingFile(labelOf(options), path);
    return refusedFile(labelOf(options), inTheWay.path, kindOf(inTheWay));
}
function assertFile(label, entry) {
    const kind = kindOf(entry);
    if (kind !== 'file')
        throw refusedFile(label, entry.path, kind);
}
function kindOf({ mode }) {
    if (mode === '120000')
        return 'symlink';
    if (mode === '160000')
        return 'submodule';
    return mode === '040000' ? 'folder' : 'file';
}
function missingBranch(label) {
    return new Failure({
        kind: 'not-found',
        code: 'GITOPS_BRANCH_NOT_FOUND',
        what: 'Cannot read the branch',
        on: label,
        seen: 'there is no such branch',
        next: 'Correct `branch`, or create the branch first',
    });
}
/** createCommitOnBranch has no place for a mode. */
function lostMode(label, path) {
    return new Failure({
        kind: 'config',
        code: 'GITOPS_MODE',
        what: 'Cannot change the manifest by the API',
        on: `${path} in ${label}`,
        seen: 'the file is executable, and the API would make it a plain one',
        next: 'Take the executable bit off the manifest, or set `transport: git`',
    });
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/keeping-modes.js
/**
 * The API has no place for a file's mode, and would make an executable file a plain one. So a commit with such a file goes
 * by git, which is opened when the first one is offered; everything else stays with the API.
 */
function keepingModes(api, openGit) {
    let git;
    return {
        ...api,
        async land(draft) {
            if (draft.files.every(({ mode }) => mode === '100644'))
                return api.land(draft);
            git ??= openGit();
            return landByGit(await git, draft);
        },
        async close() {
            await api.close();
            await (await git)?.close();
        },
    };
}
/** Git makes the commit on this side, so it needs the tree of the head, which is the one that was looked at or none. */
async function landByGit(git, draft) {
    const { head } = await git.read([]);
    if (head !== draft.parent)
        return { status: 'moved', seen: `its head is ${head.slice(0, 12)} now` };
    return git.land(draft);
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/open-branch.js






/** Who commits where nobody else is named. */
const ACTIONS_BOT = {
    name: 'github-actions[bot]',
    email: '41898282+github-actions[bot]@users.noreply.github.com',
};
/**
 * Opens a branch by the transport that is asked for or that fits.
 * @throws Failure INPUTS where transport, repository and credential do not go together
 */
async function openBranch(world, place) {
    const { remote, serverUrl, transport, token } = place;
    warnOfPlainHttp(remote, world);
    const onGitHub = repositoryOnGitHub(remote, serverUrl);
    if (transport === 'git')
        return openByGit(world, place);
    if (onGitHub !== undefined && token !== undefined) {
        const branch = openByApi(world, place, onGitHub, token);
        return transport === 'api' ? branch : keepingModes(branch, () => openByGit(world, place));
    }
    if (transport === 'auto')
        return openByGit(world, place);
    const seen = onGitHub === undefined ? `${remote.url} is not on ${serverUrl}` : 'there is no `token`';
    throw credentials_inputFailure('transport', seen, 'Use `transport: git`, or a repository on this GitHub and a `token`');
}
function openByGit(world, place) {
    const { remote, branch, author, requestTimeout, caCert, temp, serverUrl } = place;
    const credential = credentialFor(place, remote, serverUrl);
    return openGitBranch(world, { remote, branch, author, requestTimeout, credential, temp, caCert });
}
/**
 * The same branch for those who speak to GitHub itself, as pull requests do.
 * @throws Failure INPUTS where it is no repository of this GitHub, or there is no token
 */
function openGitHubPlace(world, place) {
    const { remote, serverUrl, token } = place;
    warnOfPlainHttp(remote, world);
    const repository = repositoryOnGitHub(remote, serverUrl);
    if (repository !== undefined && token !== undefined)
        return connect(world, place, repository, token);
    const seen = repository === undefined ? `${remote.url} is not on ${serverUrl}` : 'there is no `token`';
    throw credentials_inputFailure('pull-request', seen, 'Give a repository on this GitHub and a `token`, or leave it off');
}
function openByApi(world, place, repository, token) {
    const { options, close } = connect(world, place, repository, token);
    return { ...openGitHubBranch(options), close: async () => close() };
}
function connect(world, { apiUrl, branch, serverUrl, requestTimeout, caCert, deadline }, repository, token) {
    const http = createHttp(world, {
        requestTimeout,
        trustedOrigins: [new URL(apiUrl).origin],
        ...(caCert === undefined ? {} : { caCert }),
    });
    const github = createGitHub(world, { apiUrl, token, http, deadline });
    return { options: { github, repository, branch, serverUrl }, close: () => http.close() };
}
/** Its owner and name, if the repository is on the GitHub whose workflow this is. */
function repositoryOnGitHub(remote, serverUrl) {
    const [owner = '', name = '', ...rest] = remote.path.split('/');
    const isThere = remote.protocol === 'http' && remote.origin === new URL(serverUrl).origin;
    return isThere && name !== '' && rest.length === 0 ? { owner, name } : undefined;
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
    throw new Failure({
        kind: 'not-found',
        code: 'GIT_COMMIT',
        what,
        on: `${repository.remote.path} on ${repository.remote.host}`,
        seen: `no branch and no tag of it contains the commit ${commit}`,
        next,
    });
}

;// CONCATENATED MODULE: ./packages/git/src/extract-tree.js


/** Of all attributes these come first, so none of the tree converts anything (gitattributes(5)). */
const AS_IT_IS = '* -text !crlf !eol -ident -filter !working-tree-encoding\n';
/**
 * Writes the files of a commit into a folder, each as its bytes are. A symlink becomes a file with its target as text, so
 * that nothing which is written or read in the folder later leads out of it; submodules stay empty folders.
 * @param folder an existing, empty one
 */
async function extractTree(repository, commit, folder) {
    await (0,external_node_fs_promises_namespaceObject.mkdir)((0,external_node_path_namespaceObject.join)(repository.directory, 'info'), { recursive: true });
    await (0,external_node_fs_promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(repository.directory, 'info', 'attributes'), AS_IT_IS);
    const settings = ['core.symlinks=false', 'core.autocrlf=false', 'core.bare=false'].flatMap((setting) => [
        '-c',
        setting,
    ]);
    const args = [...settings, `--work-tree=${folder}`, 'checkout', '--quiet', '--force', commit, '--', '.'];
    await repository.run({ what: 'Cannot write the files of the branch', args, isRemote: true });
}

;// CONCATENATED MODULE: ./packages/gitops/src/branch/tree-check.js







/**
 * By git whatever the transport is: it takes every file of the branch. The command gets neither tokens nor inputs, and
 * what it writes is thrown away. Nothing is opened before there is something to check.
 */
function createTreeCheck(world, place, options) {
    let opened;
    return {
        async run(draft) {
            opened ??= openPlace(world, place);
            await checkDraft(world, { repository: await opened, temp: place.temp, ...options }, draft);
        },
        close: async () => (await opened)?.close(),
    };
}
function openPlace(world, place) {
    const { remote, temp, requestTimeout, caCert, serverUrl } = place;
    const credential = credentialFor(place, remote, serverUrl);
    return openRepository(world, { remote, credential, temp, requestTimeout, caCert });
}
async function checkDraft(world, check, { parent, files }) {
    const folder = await (0,external_node_fs_promises_namespaceObject.mkdtemp)((0,external_node_path_namespaceObject.join)(check.temp, 'gitops-tree-'));
    try {
        await patiently(world, () => bringTree(check.repository, parent, folder));
        for (const { path, bytes } of files)
            await overwrite((0,external_node_path_namespaceObject.join)(folder, path), bytes);
        await runInTree(world, check, folder);
    }
    finally {
        await (0,external_node_fs_promises_namespaceObject.rm)(folder, { recursive: true, force: true });
    }
}
/** May be done again: what a try before has left there is the same. */
async function bringTree(repository, commit, folder) {
    await fetchCommit(repository, commit, {
        what: 'Cannot read the branch for `validate`',
        next: 'The branch was rewritten meanwhile: run the job again',
    });
    await extractTree(repository, commit, folder);
}
/** There are no links in the tree; should there be one in spite of that, it is not followed. */
async function overwrite(path, bytes) {
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = external_node_fs_namespaceObject.constants;
    const file = await (0,external_node_fs_promises_namespaceObject.open)(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
    try {
        await file.writeFile(bytes);
    }
    finally {
        await file.close();
    }
}
async function runInTree(world, { command, timeout }, folder) {
    world.log.info('Checking the changed files with `validate`');
    const { stdout, stderr } = await runCommand(world, {
        what: 'The changed files are not valid',
        on: 'the command of `validate`',
        file: process.platform === 'win32' ? 'bash' : 'sh',
        args: ['-ec', command],
        cwd: folder,
        env: childEnv(world.env),
        timeout,
        explain: () => ({
            kind: 'gate',
            code: 'GITOPS_CHECK_FAILED',
            next: 'Nothing was committed. Run the command on the repository with this change, and correct one of the two',
        }),
    });
    for (const line of `${stdout}\n${stderr}`.split(/\r?\n/).slice(-50))
        if (line.trim() !== '')
            world.log.info(line);
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/open-branch.js




/** Opens the branch that the inputs name, by the transport that they ask for or that fits. */
async function openTargetBranch(inputs, world) {
    return openBranch(world, await open_branch_placeOf(inputs, world));
}
/** The command of `validate`, ready to look at what would be committed; undefined where nothing is to be asked. */
async function planValidation(inputs, world) {
    const { mode, validate: command, validateTimeout: timeout } = inputs;
    if (command === undefined || mode === 'rollback')
        return undefined;
    return createTreeCheck(world, await open_branch_placeOf(inputs, world), { command, timeout });
}
/** The branch that the inputs name, and the ways to it. */
async function open_branch_placeOf({ repository, branch, transport, author, token, sshKey, sshKnownHosts, requestTimeout, caCert, timeout, }, { context, now }) {
    const { serverUrl, apiUrl, workspace, temp } = context;
    return {
        remote: remoteOf(repository ?? parseRepository(context.repository), serverUrl),
        branch,
        transport,
        author,
        token,
        sshKey,
        sshKnownHosts,
        requestTimeout,
        deadline: now() + timeout,
        caCert: await readCaCert(caCert, workspace),
        serverUrl,
        apiUrl,
        temp,
    };
}
function remoteOf(repository, serverUrl) {
    if (repository.kind === 'url')
        return repository.remote;
    return parseRemoteUrl(`${serverUrl}/${repository.owner}/${repository.name}.git`);
}

;// CONCATENATED MODULE: ./packages/gitops/src/trailers/quiet-text.js
const quiet_text_ZERO_WIDTH_SPACE = '\u200b';
/** With one of these before a reference an issue is closed: "Linking a pull request to an issue" in GitHub's documentation. */
const CLOSING = 'close[sd]?|fix(?:e[sd])?|resolve[sd]?';
/** With these no workflow is run: "Skipping workflow runs" there. */
const SKIPPING = 'skip ci|ci skip|no ci|skip actions|actions skip';
const CLOSING_WORD = new RegExp(`(?:${CLOSING})(?=:?\\s)`, 'gi');
const CLOSING_WORD_IN_JSON = new RegExp(`(?:${CLOSING})(?=:?(?:\\s|\\\\[nrt]))`, 'gi');
const SKIPPING_MARK = new RegExp(`\\[(?=(?:${SKIPPING})\\])`, 'gi');
/**
 * Text of others that GitHub would act on in a commit message: issues that it names, or closes, and people, and `[skip ci]`,
 * which keeps the checks of a pull request from being run. To people it reads the same; the `@` of an address or a digest stays.
 */
function quietText(text) {
    return text
        .replace(/#|(?<![\w.+-])@/g, `$&${quiet_text_ZERO_WIDTH_SPACE}`)
        .replace(/\bGH(?=-\d)/gi, `$&${quiet_text_ZERO_WIDTH_SPACE}`)
        .replace(CLOSING_WORD, `$&${quiet_text_ZERO_WIDTH_SPACE}`)
        .replace(SKIPPING_MARK, `$&${quiet_text_ZERO_WIDTH_SPACE}`);
}
/** The same for JSON, which stays the same to machines: no character is escaped that can belong to another escape. */
function quietJson(json) {
    return json
        .replace(/[#@]/g, escaped)
        .replace(/(?<=GH)-(?=\d)/gi, escaped)
        .replace(CLOSING_WORD_IN_JSON, (word) => `${word.slice(0, -1)}${escaped(word.slice(-1))}`)
        .replace(SKIPPING_MARK, escaped);
}
function escaped(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/recorded-value.wire.js

const SETS = ['annotation', 'env', 'value'];
const PARTS = ['kind', 'name', 'namespace', 'container', 'mountPath', 'canary', 'path', 'policy'];
/** The JSON of one `Mlops-Value` trailer; undefined for text that is none of ours. */
function parseRecord(text) {
    const record = recorded_value_wire_parseObject(text);
    const set = SETS.find((word) => word === record['set']);
    const { key, now, previous } = record;
    if (set === undefined || typeof key !== 'string')
        return undefined;
    if (typeof now !== 'string' || typeof previous !== 'string')
        return undefined;
    const at = targetIn(record['at']);
    return { set, key, now, previous, ...(at === undefined ? {} : { at }) };
}
/** The JSON of one `Mlops-At` trailer. */
function parseTarget(text) {
    return targetIn(recorded_value_wire_parseObject(text));
}
function targetIn(value) {
    const given = recorded_value_wire_asObject(value);
    const component = COMPONENTS.find((word) => word === given['component']);
    const parts = PARTS.flatMap((part) => (typeof given[part] === 'string' ? [[part, given[part]]] : []));
    if (parts.length === 0)
        return undefined;
    return { ...Object.fromEntries(parts), ...(component === undefined ? {} : { component }) };
}
function recorded_value_wire_parseObject(text) {
    try {
        return recorded_value_wire_asObject(JSON.parse(text));
    }
    catch {
        return {};
    }
}
function recorded_value_wire_asObject(value) {
    return typeof value === 'object' && value !== null ? value : {};
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/recorded-value.js



/** The values that people and dashboards look for have trailers of their own. */
const PLAIN = {
    image: { now: TRAILER.image, previous: TRAILER.previousImage },
    'storage-uri': { now: TRAILER.storageUri, previous: TRAILER.previousStorageUri },
};
/** They belong to the target that stands above them. */
const VALUE_TRAILERS = new Set([
    ...Object.values(PLAIN).flatMap(({ now, previous }) => [now, previous]),
    TRAILER.at,
    TRAILER.value,
]);
/** What is recorded of a value that is to be written. */
function recordOf({ wish, place, before, after }) {
    return { set: wish.set, key: keyOf(wish), at: recorded_value_targetIn(wish, place), now: after, previous: before };
}
function keyOf(wish) {
    if (wish.set === 'value')
        return wish.path;
    return wish.set === 'annotation' || wish.set === 'env' ? wish.key : undefined;
}
/** The label of an InferenceService says it all, and that of anything else is for people. */
function recorded_value_targetIn({ target: { path, policy } }, place) {
    if (policy !== undefined)
        return { policy };
    const { kind, name, namespace, component, container, mountPath, canary } = place;
    const isPlain = kind === 'InferenceService' && path === undefined && mountPath === undefined && canary === undefined;
    if (isPlain)
        return undefined;
    return {
        kind,
        name: name === '' ? undefined : name,
        namespace,
        component,
        container,
        mountPath,
        canary,
        path,
    };
}
/** Whether both are about one place of their target. */
function isSameValue(one, other) {
    return one.set === other.set && one.key === other.key && one.at?.path === other.at?.path;
}
function formatRecord({ set, key, at, now, previous }) {
    if (set !== 'image' && set !== 'storage-uri')
        return [[TRAILER.value, quietJson(recorded_value_onOneLine({ set, key, at, now, previous }))]];
    return [
        [PLAIN[set].now, now],
        [PLAIN[set].previous, previous],
        [TRAILER.at, at === undefined ? '' : recorded_value_onOneLine(at)],
    ];
}
/** JSON without what would not stay on the line of a trailer, and is text to JSON. */
function recorded_value_onOneLine(value) {
    return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/** The values that the trailers of one target tell. */
function parseRecords(lines) {
    const starts = lines.flatMap(([key], index) => (STARTS.has(key) ? [index] : []));
    return starts.flatMap((start, index) => parseOne(lines.slice(start, starts[index + 1])) ?? []);
}
const STARTS = new Set([TRAILER.image, TRAILER.storageUri, TRAILER.value]);
function parseOne([[key, now] = ['', ''], ...rest]) {
    if (key === TRAILER.value)
        return parseRecord(now);
    const set = key === TRAILER.image ? 'image' : 'storage-uri';
    const more = new Map(rest);
    const previous = more.get(PLAIN[set].previous) ?? '';
    return { set, now, previous, at: parseTarget(more.get(TRAILER.at) ?? '') };
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/deployment-log.js


/** What the trailers call a target: `k8s/inference.yaml prod/churn predictor`. */
function targetLabel({ file, target }) {
    return `${file} ${target}`;
}
/**
 * The commits by which targets were deployed or rolled back, newest first, as far as the history reaches; a commit that
 * set values of several targets stands there once for each.
 */
function deploymentsIn(history) {
    return history.flatMap(({ oid, message }) => parseTrailerBlocks(message)
        .toReversed()
        .flatMap((lines) => targetsOf(oid, lines)));
}
function targetsOf(commit, lines) {
    const trailers = new Map(lines.filter(([key]) => key !== TRAILER.target && !VALUE_TRAILERS.has(key)));
    const starts = lines.flatMap(([key], index) => (key === TRAILER.target ? [index] : []));
    return starts.map((start, index) => ({
        commit,
        target: lines[start]?.[1] ?? '',
        values: parseRecords(lines.slice(start + 1, starts[index + 1])),
        trailers,
    }));
}
/** Those of one target, newest first. */
function ofTarget(deployments, value) {
    const label = targetLabel(value);
    return deployments.filter(({ target }) => target === label);
}
/** What a deployment wrote where a value stands; undefined where it was about others. */
function writtenBy(deployment, value) {
    const record = recordOf(value);
    return deployment?.values.find((written) => isSameValue(written, record));
}
/** The newest deployment that was about a value, and not only about others of its target. */
function lastWriter(log, value) {
    return log.find((deployment) => writtenBy(deployment, value) !== undefined);
}
/**
 * What stood before the value that stands now: known from the commit that wrote it. So a step that runs a
 * second time, and finds its work done, still says what it replaced.
 */
function valueBefore(log, value) {
    return log.map((deployment) => writtenBy(deployment, value)).find((written) => written?.now === value.after)
        ?.previous;
}
/** Whether a workflow run wrote what a deployment or rollback wrote, in whichever of its attempts. */
function isWrittenBy(deployment, run) {
    const { trailers } = deployment ?? {};
    const isSameRun = run.runId !== '' && trailers?.get(TRAILER.runId) === run.runId;
    return isSameRun && trailers?.get(TRAILER.referenceRepository) === run.repositoryUrl;
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/bump-rules.js





/**
 * A new image comes from the repository of the old one: otherwise the wrong container was named.
 * @throws Failure GITOPS_REPOSITORY_CHANGED
 */
function assertSameRepositories(values) {
    const other = values.find(({ wish, before, after }) => before !== '' && NAMING.has(wish.set) && isOtherRepository(before, after));
    if (other === undefined)
        return;
    throw new Failure({
        kind: 'config',
        code: 'GITOPS_REPOSITORY_CHANGED',
        what: 'Refusing to change the image repository',
        on: placeOf(other),
        seen: `"${other.before}" stands there and "${other.after}" is of another repository`,
        next: 'Check `container` and `name`; if the new repository is meant, set `allow-repository-change: true`, or write an image of it into the file by hand once',
    });
}
/** Annotations, variables and free values are text to us. */
const NAMING = new Set(['image', 'storage-uri']);
function isOtherRepository(before, after) {
    const [one, other] = [imageIn(before), imageIn(after)];
    // A storage URI that is no oci:// one names no image, and what is not readable now was never deployed by
    // us.
    if (other === undefined)
        return false;
    return one === undefined || !sameRepository(one, other);
}
/**
 * Re-running an old job does not take a newer deployment back: the newest deployment of a target by this repository may
 * not belong to a later run nor to a commit that contains this run's one, and what this very run once wrote may not have
 * been replaced by somebody since. Run ids decide between runs of one commit, or of commits that nobody can compare.
 * @returns GITOPS_NEWER_DEPLOYMENT for the first value that would be an older one
 */
function findNewer(values, deployments, run, ancestry) {
    for (const value of values) {
        if (!value.isChanged)
            continue;
        const log = ofTarget(deployments, value);
        const seen = laterRun(log, run) ?? replacedSince(log, run, value);
        if (seen !== undefined)
            return newer(value, seen, 'Start a new run to deploy this version on purpose');
        const contains = newerCommit(log, run, ancestry, value);
        if (contains !== undefined)
            return newer(value, contains, 'Deploy the newer commit');
    }
    return undefined;
}
function laterRun(log, run) {
    const newest = log.find((deployment) => isOf(deployment, run));
    const theirs = newest?.trailers.get(TRAILER.runId) ?? '';
    if (newest === undefined || !isLater(theirs, run.runId))
        return undefined;
    return `commit ${bump_rules_short(newest)} was made by the later run ${theirs}, this is run ${run.runId}`;
}
/** Somebody who leaves no trailers, by hand or by another tool, has put something else where this run wrote before. */
function replacedSince(log, run, value) {
    const own = log.find((deployment) => isWrittenBy(deployment, run));
    const wrote = writtenBy(own, value)?.now;
    if (own === undefined || wrote === undefined || wrote === value.before)
        return undefined;
    return `an earlier attempt of this run wrote "${wrote}" with commit ${bump_rules_short(own)}, and "${value.before}" has replaced it since`;
}
/** The commits of the product that have to be compared with this run's one before {@link findNewer} can tell. */
function uncompared(values, deployments, run, ancestry) {
    const commits = values
        .filter(({ isChanged }) => isChanged)
        .flatMap((value) => deployedCommit(ofTarget(deployments, value), run, value) ?? []);
    return [...new Set(commits)].filter((commit) => ancestry.containsOurs(commit) === undefined);
}
/**
 * The commit of the same product whose value stands there; undefined where it is not another one. A rollback names the commit
 * of the run that made it, which is not what it brought back.
 */
function deployedCommit(log, run, value) {
    const writer = log.find((deployment) => isOf(deployment, run) &&
        !deployment.trailers.has(TRAILER.rollbackOf) &&
        writtenBy(deployment, value)?.now === value.before);
    const commit = writer?.trailers.get(TRAILER.referenceSha) ?? '';
    return commit !== run.sha && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit) ? commit : undefined;
}
/** Whether a deployment is of the same product. */
function isOf({ trailers }, { repositoryUrl }) {
    return repositoryUrl !== '' && trailers.get(TRAILER.referenceRepository) === repositoryUrl;
}
function newerCommit(log, run, ancestry, value) {
    const commit = deployedCommit(log, run, value);
    if (commit === undefined || ancestry?.containsOurs(commit) !== 'yes')
        return undefined;
    return `${commit.slice(0, 12)} of the product is deployed, which contains the commit ${run.sha.slice(0, 12)} of this run`;
}
function newer(value, seen, next) {
    return new Failure({
        kind: 'conflict',
        code: 'GITOPS_NEWER_DEPLOYMENT',
        what: 'Refusing to replace a newer deployment by an older one',
        on: placeOf(value),
        seen,
        next: `${next}, or set \`allow-downgrade: true\``,
        retryable: false,
    });
}
function bump_rules_short({ commit }) {
    return commit.slice(0, 12);
}
function isLater(one, other) {
    return /^\d{1,30}$/.test(one) && /^\d{1,30}$/.test(other) && BigInt(one) > BigInt(other);
}
/**
 * Between our first look and a later try nobody else may have set the same value to a third one.
 * @param first what the first look found, in the order of what was wanted
 * @throws Failure GITOPS_VALUE_CONFLICT
 */
function assertNoConflict(values, first) {
    const clash = values.find((value) => value.isChanged && value.before !== first[value.index]?.before);
    if (clash === undefined)
        return;
    throw new Failure({
        kind: 'conflict',
        code: 'GITOPS_VALUE_CONFLICT',
        what: 'Somebody else has just set the same value',
        on: placeOf(clash),
        seen: `it became "${clash.before}" while this step was writing "${clash.after}"`,
        next: 'Decide which one is meant, then run again; `on-conflict: overwrite` lets the last writer win',
        retryable: false,
    });
}

;// CONCATENATED MODULE: ./packages/manifest/src/file.js

/**
 * The text of a manifest, from which the same bytes come back.
 * @throws Failure MANIFEST_NOT_UTF8: Kubernetes reads nothing else
 */
function decodeManifest(path, bytes) {
    try {
        return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    }
    catch (cause) {
        throw refuse('MANIFEST_NOT_UTF8', path, 'it is not UTF-8 text', 'Save the manifest as UTF-8', cause);
    }
}
/** The failure for a manifest that is left alone because editing it would be a guess. */
function refuse(code, on, seen, next, cause) {
    return new Failure({ kind: 'config', code, what: 'Cannot edit the manifest', on, seen, next, cause });
}

;// CONCATENATED MODULE: ./packages/manifest/src/tree.js
/** `spec.predictor.containers[0].image`; a key with other characters is quoted. */
function formatPath(path) {
    return path.reduce((text, step) => {
        if (typeof step === 'number')
            return `${text}[${step}]`;
        if (!/^[\w-]+$/.test(step))
            return `${text}[${JSON.stringify(step)}]`;
        return text === '' ? step : `${text}.${step}`;
    }, '');
}
/**
 * The value at the path, through own properties only: `__proto__` in a manifest is a key like any other.
 */
function valueAt(root, path) {
    return path.reduce((value, step) => childOf(value, step), root);
}
function childOf(value, step) {
    if (Array.isArray(value))
        return typeof step === 'number' ? value[step] : undefined;
    return tree_isRecord(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
}
function tree_isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The items of a list, none where there is no list. */
function tree_itemsOf(value) {
    return Array.isArray(value) ? value : [];
}
function stringAt(root, path) {
    const value = valueAt(root, path);
    return typeof value === 'string' ? value : undefined;
}
/**
 * A copy of a plain value in which the path has another value, or is not there where that is undefined. Lists and maps
 * on the way that are missing are made.
 */
function withValue(root, [step, ...rest], value) {
    if (step === undefined)
        return value;
    if (Array.isArray(root) && typeof step === 'number') {
        const tail = value === undefined && rest.length === 0 ? [] : [withValue(root[step], rest, value)];
        return [...root.slice(0, step), ...tail, ...root.slice(step + 1)];
    }
    if (typeof step === 'number')
        return [withValue(undefined, rest, value)];
    const { [step]: old, ...others } = tree_isRecord(root) ? root : {};
    if (value === undefined && rest.length === 0)
        return others;
    return { ...others, [step]: withValue(old, rest, value) };
}
/**
 * The paths at which two plain values differ, outermost first; a key on one side only is one difference.
 */
function differingPaths(one, other, path = []) {
    if (Object.is(one, other))
        return [];
    const isList = Array.isArray(one) && Array.isArray(other);
    if (!isList && !(tree_isRecord(one) && tree_isRecord(other)))
        return [path];
    return keysOf(one, other).flatMap((key) => {
        const both = hasKey(one, key) && hasKey(other, key);
        return both ? differingPaths(childOf(one, key), childOf(other, key), [...path, key]) : [[...path, key]];
    });
}
function keysOf(...values) {
    return [...new Set(values.flatMap(ownKeys))];
}
function ownKeys(value) {
    if (Array.isArray(value))
        return [...value.keys()];
    return tree_isRecord(value) ? Object.keys(value) : [];
}
function hasKey(value, key) {
    return Array.isArray(value) ? Number(key) < value.length : tree_isRecord(value) && Object.hasOwn(value, key);
}

;// CONCATENATED MODULE: ./packages/manifest/src/read/node.js



/** Follows a path to the text where its value stands, or should stand. */
function follow({ tree }, path) {
    const nodes = [tree?.contents];
    for (const [at, step] of path.entries()) {
        const child = childNode(nodes.at(-1), step);
        if (child === undefined)
            return { nodes, missing: path.slice(at) };
        nodes.push(child);
    }
    return { nodes, missing: [] };
}
/**
 * The same, where an edit is to follow.
 * @throws Failure MANIFEST_VALUE_SHARED where an alias or a merge key brings the value in: an edit would change other
 * places too
 */
function followOwn(document, path) {
    const trail = follow(document, path);
    const last = trail.nodes.at(-1);
    if ((0,dist/* isAlias */.Vj)(last))
        throw shared(document, path, last);
    const [step] = trail.missing;
    const found = path.slice(0, path.length - trail.missing.length);
    if (step !== undefined && valueAt(document.value, [...found, step]) !== undefined)
        throw shared(document, path, mergeSource(document, last, step));
    return trail;
}
/** Where the text of a value stands, as far as the path can be followed. */
function lineOf(document, path) {
    let node = document.tree?.contents;
    let offset = startOf(node);
    for (const step of path) {
        node = childNode(node, step);
        offset = startOf(node) ?? offset;
    }
    return document.lineAt(offset ?? 0);
}
/** The anchors on the way to a value that something refers to: through them an edit shows elsewhere. */
function usedAnchors(document, path) {
    const { tree } = document;
    if (tree === undefined)
        return [];
    const used = new Set();
    (0,dist/* visit */.YR)(tree, { Alias: (_, alias) => void used.add(alias.resolve(tree)) });
    return follow(document, path).nodes.flatMap((node) => {
        const anchor = (0,dist/* isMap */.jh)(node) || (0,dist/* isSeq */.oP)(node) || (0,dist/* isScalar */.jn)(node) ? node.anchor : undefined;
        return anchor !== undefined && used.has(node) ? [describeAnchor(document, anchor, node)] : [];
    });
}
/** The pair of a map with that key; null stands for the value of a key that has none, not even a colon. */
function pairOf(map, key) {
    return (0,dist/* isMap */.jh)(map) ? map.items.find((pair) => (0,dist/* isScalar */.jn)(pair.key) && pair.key.value === key) : undefined;
}
function childNode(node, step) {
    if ((0,dist/* isSeq */.oP)(node))
        return typeof step === 'number' ? node.items[step] : undefined;
    return pairOf(node, step)?.value;
}
/** What stands under `<<`, from which a map takes a key that it does not have itself; of several the first wins. */
function mergeSource(document, map, step) {
    const source = (0,dist/* isMap */.jh)(map)
        ? map.items.find(({ key }) => (0,dist/* isScalar */.jn)(key) && key.source === '<<')?.value
        : undefined;
    const sources = (0,dist/* isSeq */.oP)(source) ? source.items : [source];
    return sources.find((one) => node_hasKey(document, one, step)) ?? source;
}
function node_hasKey(document, source, step) {
    const map = (0,dist/* isAlias */.Vj)(source) ? resolve(document, source) : source;
    return pairOf(map, step) !== undefined || ((0,dist/* isMap */.jh)(map) && mergeSource(document, map, step) !== undefined);
}
function resolve({ tree }, alias) {
    return tree === undefined ? undefined : alias.resolve(tree);
}
function shared(document, path, source) {
    const origin = (0,dist/* isAlias */.Vj)(source)
        ? `the anchor ${describeAnchor(document, source.source, resolve(document, source))}`
        : `a merge key on line ${document.lineAt(startOf(source) ?? 0)}`;
    const next = 'Write the value out at this place, then run again: an edit at the anchor would change other places too';
    return refuse('MANIFEST_VALUE_SHARED', `${document.path}:${lineOf(document, path)}`, `${formatPath(path)} comes from ${origin}`, next);
}
/** An anchor stands before its node, perhaps on another line. */
function describeAnchor(document, anchor, node) {
    const start = startOf(node) ?? 0;
    const at = document.text.lastIndexOf(`&${anchor}`, start);
    return `&${anchor} on line ${document.lineAt(at === -1 ? start : at)}`;
}
function startOf(node) {
    return (0,dist/* isNode */.Ll)(node) ? node.range?.[0] : undefined;
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/layout.js

/** The end of a line as the text has it. */
function lineEndOf(text) {
    return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
}
/** How far right of its line's start a character stands; a byte order mark takes no room. */
function columnOf(text, offset) {
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    return offset - start - (text.charAt(start) === '\ufeff' ? 1 : 0);
}
/** Where the line ends that a character stands in, before its line end. */
function endOfLine(text, offset) {
    const lineEnd = text.indexOf('\n', offset);
    if (lineEnd === -1)
        return text.length;
    return text.charAt(lineEnd - 1) === '\r' && lineEnd > offset ? lineEnd - 1 : lineEnd;
}
/** Where an item of a collection starts: at the key of a pair. */
function startOfItem(item) {
    const node = (0,dist/* isPair */.tO)(item) ? item.key : item;
    return (0,dist/* isNode */.Ll)(node) ? (node.range?.[0] ?? 0) : 0;
}
/** Where the text of an item ends, before blanks and comments behind it. */
function endOfItem(item) {
    if ((0,dist/* isPair */.tO)(item))
        return item.value === null ? endOfItem(item.key) : endOfItem(item.value);
    if ((0,dist/* isCollection */.P3)(item) && !item.flow)
        return endOfItem(item.items.at(-1));
    return (0,dist/* isNode */.Ll)(item) ? (item.range?.[1] ?? 0) : 0;
}
/** How far a map's keys are right of those of the map around it; two columns where nothing shows it. */
function stepOf(text, nodes) {
    const columns = nodes
        .filter((node) => (0,dist/* isMap */.jh)(node) && !node.flow && node.items.length > 0)
        .map((node) => columnOf(text, startOfItem(node.items[0])));
    const [outer = 0, inner = 2] = columns;
    return inner > outer ? inner - outer : 2;
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/nested.js





/**
 * Opens the literal block at a path.
 * @throws Failure MANIFEST_NESTED_STYLE for text in another style: its lines are not those that are written
 */
function openBlock(document, host) {
    const block = blockOf(document, followOwn(document, host).nodes.at(-1));
    if (block === undefined)
        throw wrongStyle(document, host);
    return block;
}
/** The block that a node is, if it is a literal one. */
function blockOf(document, node) {
    if (!(0,dist/* isScalar */.jn)(node) || node.type !== dist/* Scalar */.X5.BLOCK_LITERAL || typeof node.value !== 'string')
        return undefined;
    const [start = 0, end = 0] = node.range ?? [];
    const bodyStart = document.text.indexOf('\n', start) + 1;
    const lines = linesOf(document.text.slice(bodyStart, end));
    const text = node.value.replace(/\n+$/, '');
    const indentation = indentationOf(lines, text);
    const outerOffset = (offset) => {
        const line = text.slice(0, offset).split('\n').length - 1;
        const column = offset - (text.lastIndexOf('\n', offset - 1) + 1);
        const before = lines.slice(0, line).reduce((sum, one) => sum + one.length, 0);
        return bodyStart + before + indentation + column;
    };
    const lineBreak = lineEndOf(document.text) + ' '.repeat(indentation);
    return {
        text,
        lineEnds: node.value.slice(text.length),
        firstLine: document.lineAt(bodyStart),
        toOuter: (splice) => ({
            start: outerOffset(splice.start),
            end: outerOffset(splice.end),
            text: splice.text.replaceAll('\n', lineBreak),
        }),
    };
}
/** How far the text is indented: by as much as its first line is longer where it is written. */
function indentationOf(lines, text) {
    const inner = text.split('\n');
    const index = inner.findIndex((line) => line !== '');
    const written = lines[index]?.replace(/\r?\n$/, '') ?? '';
    return written.length - (inner[index] ?? '').length;
}
function linesOf(text) {
    return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
function wrongStyle(document, host) {
    const on = `${document.path}:${lineOf(document, host)}`;
    const seen = `${formatPath(host)} holds a manifest as folded, quoted or plain text`;
    return refuse('MANIFEST_NESTED_STYLE', on, seen, 'Write it as a literal block (`|`), or as a file of its own');
}

;// CONCATENATED MODULE: ./packages/manifest/src/read/template.js


/** Whether text has the marks of Go templates, which Helm charts are written in. */
function looksLikeTemplate(text) {
    return text.includes('{{');
}
/**
 * Refuses a Helm template that happens to parse: `name: {{ .Values.name }}` is, to YAML, a map whose key is
 * a map.
 * @throws Failure MANIFEST_IS_TEMPLATE
 */
function assertNoTemplate(file, document, lineAt) {
    if (!looksLikeTemplate(file.text))
        return;
    (0,dist/* visit */.YR)(document, {
        Pair(_, { key }) {
            if ((0,dist/* isCollection */.P3)(key))
                throw templateFailure(`${file.path}:${lineAt(key.range?.[0] ?? 0)}`);
        },
    });
}
function templateFailure(on, cause) {
    const next = 'Point the action at a plain manifest, or at the values this chart is rendered with; a template is only YAML after rendering';
    return refuse('MANIFEST_IS_TEMPLATE', on, 'it is a Helm template', next, cause);
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/json.js
/** Whether readers of a document may be readers of JSON only, which know nothing of plain text. */
function json_isJson({ path, text }) {
    if (/\.json$/i.test(path))
        return true;
    if (!/^\ufeff?\s*[[{]/.test(text))
        return false;
    try {
        JSON.parse(text.replace(/^\ufeff/, ''));
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/go-plain.js
/**
 * Whether go-yaml, which Kubernetes, Argo CD, Helm and kustomize read with, takes a plain scalar for a number where YAML
 * 1.1 and 1.2 see text: it drops every `_` first, and then reads prefixes of either case (go.yaml.in/yaml/v2 resolve.go:
 * `strconv.ParseInt(plain, 0, 64)`, `yamlStyleFloat`).
 */
function isNumberToGo(text) {
    const plain = text.replaceAll('_', '').toLowerCase();
    return (/^[-+]?(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|\d+)$/.test(plain) ||
        /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/.test(plain));
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/scalar.js


/**
 * New text for a scalar that keeps the quotes of the old one, and the comment of a block scalar's header.
 */
function rewriteScalar(scalar, old, value) {
    const { source, before, after, isJson } = old;
    if (isJson)
        return formatScalar(value, true);
    if (typeof value === 'string' && scalar.type === dist/* Scalar */.X5.QUOTE_DOUBLE)
        return scalar_quote(value);
    if (typeof value === 'string' && scalar.type === dist/* Scalar */.X5.QUOTE_SINGLE)
        return isPrintable(value) ? `'${value.replaceAll("'", "''")}'` : scalar_quote(value);
    const text = formatScalar(value, false);
    if (scalar.type === dist/* Scalar */.X5.BLOCK_FOLDED || scalar.type === dist/* Scalar */.X5.BLOCK_LITERAL)
        return `${text}${headerComment(source)}${trailingLines(source)}`;
    return source === '' ? separate(before, text, after) : text;
}
/**
 * A scalar where none stood. Text is plain if every reader takes it for this very string; `1234567`, `12e4567`, `on`
 * and `1:30` are not. Numbers and booleans are written as JSON writes them, which is the same to every reader.
 */
function formatScalar(value, isJson) {
    if (typeof value !== 'string')
        return String(value);
    return !isJson && isPlainString(value) ? value : scalar_quote(value);
}
/** Whether every reader takes the text of a scalar for the value that the parser here has found in it. */
function isReadAs({ type, tag, source = '' }, value) {
    if (type !== dist/* Scalar */.X5.PLAIN || tag !== undefined)
        return true;
    if (typeof value === 'string' && isNumberToGo(value))
        return false;
    const text = typeof value === 'string' ? value : source;
    return VERSIONS.every((version) => readPlain(text, version) === value);
}
/** A value where there was none: `image:` and `image: # none yet` need a blank around it. */
function separate(before, text, after) {
    return `${/\S/.test(before) ? ' ' : ''}${text}${after === '#' ? ' ' : ''}`;
}
const VERSIONS = ['1.1', '1.2'];
function isPlainString(value) {
    // A YAML 1.1 reader ends the line at U+0085 and U+2028, which the parser here does not, and go-yaml ends a scalar in a
    // flow map at a `?`.
    return /^[\w./]/.test(value) && isPrintable(value) && !value.includes('?') && isTextToAll(value);
}
/** YAML 1.1 and 1.2, in block and in flow context: kustomize and kubectl read 1.1, most editors 1.2. */
function isTextToAll(value) {
    if (isNumberToGo(value))
        return false;
    return VERSIONS.every((version) => [`key: ${value}\n`, `{key: ${value}}\n`, `[{key: ${value}, more: 1}]\n`].every((text) => readFirst(text, version) === value));
}
function readPlain(text, version) {
    return readFirst(`key: ${text}\n`, version);
}
/** The value of the first key; undefined where the text is not sound, or the value is no scalar. */
function readFirst(text, version) {
    const { contents, errors, warnings } = (0,dist/* parseDocument */.Tp)(text, { version, logLevel: 'silent', merge: true });
    const map = (0,dist/* isSeq */.oP)(contents) ? contents.items[0] : contents;
    const value = (0,dist/* isMap */.jh)(map) ? map.items[0]?.value : undefined;
    return errors.length + warnings.length === 0 && (0,dist/* isScalar */.jn)(value) ? value.value : undefined;
}
/**
 * JSON's string is a double-quoted scalar of YAML, once the characters that YAML does not print are escaped
 * too.
 */
function scalar_quote(value) {
    return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escapeCharacter);
}
function escapeCharacter(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
function isPrintable(value) {
    return !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/.test(value) && value.isWellFormed();
}
/** `|- # why` keeps its comment. */
function headerComment(source) {
    return /^[|>][-+0-9]*([ \t]+#[^\r\n]*)/.exec(source)?.[1] ?? '';
}
function trailingLines(source) {
    return /(?:\r?\n[ \t]*)*$/.exec(source)?.[0] ?? '';
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/render.js

/** The lines of a block map or list with these entries, without indentation in front of the outermost. */
function renderBlock(data, step) {
    if (render_isList(data))
        return data.flatMap((item) => listItem(item, step));
    return Object.entries(data).flatMap(([key, value]) => mapEntry(key, value, step));
}
/** `{key: value}` or `[value]`, in JSON with quotes. */
function renderFlow(data, isJson, gap = ' ') {
    if (typeof data !== 'object')
        return formatScalar(data, isJson);
    if (render_isList(data))
        return `[${data.map((item) => renderFlow(item, isJson, gap)).join(`,${gap}`)}]`;
    const entries = Object.entries(data).map(([key, value]) => flowEntry(key, value, isJson, gap));
    return `{${entries.join(`,${gap}`)}}`;
}
function flowEntry(key, value, isJson, gap) {
    return `${formatScalar(key, isJson)}:${isJson ? gap : ' '}${renderFlow(value, isJson, gap)}`;
}
function mapEntry(key, value, step) {
    const name = formatScalar(key, false);
    if (typeof value !== 'object')
        return [`${name}: ${formatScalar(value, false)}`];
    return [`${name}:`, ...indent(renderBlock(value, step), step)];
}
function listItem(item, step) {
    const [first = '', ...rest] = typeof item === 'object' ? renderBlock(item, step) : [formatScalar(item, false)];
    return [`- ${first}`, ...indent(rest, 2)];
}
function indent(lines, columns) {
    return lines.map((line) => ' '.repeat(columns) + line);
}
function render_isList(data) {
    return Array.isArray(data);
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/insert.js







/**
 * Writes a key or list item that is not there, behind its siblings and in their style, with all that is missing on the
 * way to it.
 * @param nodes the nodes that are there, from the root of the document on
 * @throws Failure MANIFEST_VALUE_NOT_TEXT where something else stands in its way
 */
function insertInto(document, nodes, path, value) {
    const parent = nodes.at(-1);
    const [step = '', ...rest] = path.slice(nodes.length - 1);
    const data = nest(rest, value);
    if ((0,dist/* isCollection */.P3)(parent) && (0,dist/* isMap */.jh)(parent) === (typeof step === 'string')) {
        const lines = renderBlock(typeof step === 'string' ? { [step]: data } : [data], stepOf(document.text, nodes.slice(-2)));
        if (!parent.flow && parent.items.length > 0)
            return appendLines(document, parent, lines);
        return appendInline(document, parent, step, data);
    }
    if ((0,dist/* isScalar */.jn)(parent) && parent.value === null && nodes.length > 1) {
        const made = typeof step === 'string' ? { [step]: data } : [data];
        return fillEmpty(document, nodes, parent.range ?? [0, 0], made);
    }
    throw inTheWay(document, path.slice(0, nodes.length - 1));
}
/** The value inside of the keys and list items that are still to be made. */
function nest(path, value) {
    return path.reduceRight((data, step) => (typeof step === 'number' ? [data] : { [step]: data }), value);
}
/** Under the last line of a block collection, at the column of its other items. */
function appendLines({ text }, parent, lines) {
    const start = (0,dist/* isMap */.jh)(parent) ? startOfItem(parent.items[0]) : (parent.range?.[0] ?? 0);
    return linesAfter(text, endOfItem(parent), indent(lines, columnOf(text, start)));
}
function linesAfter(text, end, lines) {
    const lineEnd = lineEndOf(text);
    if (text.charAt(end - 1) === '\n')
        return { start: end, end, text: lines.map((line) => line + lineEnd).join('') };
    const at = endOfLine(text, end);
    return { start: at, end: at, text: lines.map((line) => lineEnd + line).join('') };
}
/** Behind the last item of a flow collection; a comma that ends it stays the last. */
function appendInline(document, parent, step, data) {
    const { text } = document;
    const [first] = parent.items;
    const json = json_isJson(document);
    const open = parent.range?.[0] ?? 0;
    const gap = json && isCompact(text) ? '' : ' ';
    const entry = typeof step === 'string' ? flowEntry(step, data, json, gap) : renderFlow(data, json, gap);
    if (first === undefined)
        return { start: open + 1, end: open + 1, text: entry };
    const lead = text.slice(open + 1, startOfItem(first));
    const at = endOfItem(parent.items.at(-1));
    const blank = lead.includes('\n') ? lead.slice(lead.lastIndexOf('\n') - (/\r\n/.test(lead) ? 1 : 0)) : gap;
    return { start: at, end: at, text: `,${blank}${entry}` };
}
/** JSON as `JSON.stringify` writes it, without a blank. */
function isCompact(text) {
    return !/\s/.test(text.trim().replace(/"(?:[^"\\]|\\.)*"/g, ''));
}
/** In the place of a null: on lines of their own where nothing is written, else as a flow collection. */
function fillEmpty(document, nodes, [start, end], data) {
    const { text } = document;
    const [at = 0, until = 0] = [start, end];
    const around = nodes.at(-2);
    if (at !== until || !(0,dist/* isMap */.jh)(around) || around.flow) {
        const blank = /[\s]/.test(text.charAt(at - 1)) ? '' : ' ';
        return { start: at, end: until, text: `${blank}${renderFlow(data, json_isJson(document))}` };
    }
    const step = stepOf(text, nodes.slice(-3, -1));
    const column = columnOf(text, startOfItem(around.items[0]));
    return linesAfter(text, at, indent(renderBlock(data, step), column + step));
}
function inTheWay(document, path) {
    const seen = `${formatPath(path) || 'the document'} is not what has keys or items of this kind`;
    const on = `${document.path}:${lineOf(document, path)}`;
    return refuse('MANIFEST_VALUE_NOT_TEXT', on, seen, 'Correct the path, or write this part by hand once');
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/remove.js





/** Takes a key and its value out of a map, with its line where it has one of its own. */
function removeFrom(document, nodes, path) {
    const parent = nodes.at(-2);
    const pair = pairOf(parent, path.at(-1) ?? '');
    if (!(0,dist/* isMap */.jh)(parent) || pair === undefined || parent.items.length < 2) {
        const on = `${document.path}:${lineOf(document, path)}`;
        const seen = `${formatPath(path)} is all that its map has`;
        throw refuse('MANIFEST_VALUE_NOT_TEXT', on, seen, 'Remove it by hand');
    }
    const at = parent.items.indexOf(pair);
    return parent.flow ? removeInline(parent, at) : removeLines(document.text, parent, at);
}
function removeInline({ items }, at) {
    const next = items[at + 1];
    const [start, end] = next === undefined
        ? [endOfItem(items[at - 1]), endOfItem(items[at])]
        : [startOfItem(items[at]), startOfItem(next)];
    return { start, end, text: '' };
}
/** The first key of a list's item shares its line with the `-`: the next key moves there. */
function removeLines(text, { items }, at) {
    const key = startOfItem(items[at]);
    const lineStart = text.lastIndexOf('\n', key - 1) + 1;
    if (text.slice(lineStart, key).trim() !== '')
        return { start: key, end: startOfItem(items[at + 1]), text: '' };
    const last = endOfItem(items[at]);
    const end = text.charAt(last - 1) === '\n' ? last : text.indexOf('\n', last) + 1;
    if (end > 0)
        return { start: lineStart, end, text: '' };
    return { start: endOfLine(text, endOfItem(items[at - 1])), end: text.length, text: '' };
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/splice.js









/**
 * What to write into the text of a document, undefined where it says so already.
 * @throws Failure for what cannot be edited safely: see `followOwn`, and MANIFEST_VALUE_NOT_TEXT, MANIFEST_VALUE_TAGGED,
 * MANIFEST_IS_TEMPLATE
 */
function planSplice(document, { path, value }) {
    if (isThere(document, path, value))
        return undefined;
    const { nodes, missing } = followOwn(document, path);
    if (value === undefined)
        return removeFrom(document, nodes, path);
    if (missing.length > 0)
        return insertInto(document, nodes, path, value);
    return replaceScalar(document, path, nodes.at(-1), value);
}
/** Also where an alias brings the value in: nothing needs to be written then. */
function isThere(document, path, value) {
    const now = valueAt(document.value, path);
    if (value === undefined || typeof value === 'object' || now !== value)
        return now === value;
    const { nodes, missing } = follow(document, path);
    const node = nodes.at(-1);
    return missing.length > 0 || !(0,dist/* isScalar */.jn)(node) || isReadAs(node, value);
}
function replaceScalar(document, path, node, value) {
    const { text } = document;
    const scalar = assertScalar(document, path, node);
    if (typeof value === 'object')
        throw new Error(`${formatPath(path)} is there already`);
    const [start, end] = scalar.range ?? [0, 0];
    const source = text.slice(start, end);
    if (looksLikeTemplate(source))
        throw templateFailure(`${document.path}:${document.lineAt(start)}`);
    const context = {
        source,
        before: text.charAt(start - 1),
        after: text.charAt(end),
        isJson: json_isJson(document),
    };
    return { start, end, text: rewriteScalar(scalar, context, value) };
}
/** Of tags only that of text is left: what another makes of a new text is not known here, and often an error. */
function assertScalar(document, path, node) {
    const on = `${document.path}:${lineOf(document, path)}`;
    const name = formatPath(path);
    if (node === null)
        throw refuse('MANIFEST_VALUE_NOT_TEXT', on, `${name} is a key without a value`, 'Give the key a value');
    if (!(0,dist/* isScalar */.jn)(node))
        throw refuse('MANIFEST_VALUE_NOT_TEXT', on, `${name} is a list or a map`, 'Write the value as text');
    if (node.tag !== undefined && !TEXT_TAGS.has(node.tag)) {
        const seen = `${name} has the tag ${node.tag.replace('tag:yaml.org,2002:', '!!')}`;
        throw refuse('MANIFEST_VALUE_TAGGED', on, seen, 'Remove the tag, then run again');
    }
    return node;
}
const TEXT_TAGS = new Set(['!', 'tag:yaml.org,2002:str']);

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
;// CONCATENATED MODULE: ./packages/manifest/src/read/caps.js


/**
 * What a manifest may weigh; beyond it a parser can be made to work for minutes or to overflow its stack.
 */
const LIMITS = { bytes: 2 ** 20, depth: 100, aliases: 100, documents: 200 };
/**
 * Refuses a file that is too large before anything reads it.
 * @throws Failure MANIFEST_TOO_LARGE | MANIFEST_TOO_MANY_DOCUMENTS
 */
function assertFileWithinLimits({ path, text }, documents) {
    const bytes = Buffer.byteLength(text);
    if (bytes > LIMITS.bytes)
        throw tooMuch('MANIFEST_TOO_LARGE', path, `${bytes} bytes, at most ${LIMITS.bytes} are read`);
    if (documents > LIMITS.documents) {
        const seen = `${documents} documents, at most ${LIMITS.documents} are read`;
        throw tooMuch('MANIFEST_TOO_MANY_DOCUMENTS', path, seen);
    }
}
/**
 * The tokens of a document, which together are its text. Refuses one that is too deep or has too many aliases before
 * it is parsed: only the lexer of `yaml` runs here, which holds one state and never recurses into what it reads.
 * @throws Failure MANIFEST_TOO_DEEP | MANIFEST_TOO_MANY_ALIASES
 */
function lexWithinLimits({ path, text }) {
    const tokens = [...new dist/* Lexer */.JG().lex(text)];
    const { depth, aliases } = weigh(tokens);
    if (depth > LIMITS.depth)
        throw tooMuch('MANIFEST_TOO_DEEP', path, `values are nested more than ${LIMITS.depth} deep`);
    if (aliases > LIMITS.aliases)
        throw tooMuch('MANIFEST_TOO_MANY_ALIASES', path, `${aliases} aliases, at most ${LIMITS.aliases} are read`);
    return tokens;
}
// The marks that the lexer of `yaml` puts before a file's first document and before a plain or block
// scalar.
const DOCUMENT_MARK = '\u0002';
const SCALAR_MARK = '\u001f';
function weigh(tokens) {
    const weight = { depth: 0, aliases: 0 };
    const columns = [];
    let [column, flow, opensBlock, last] = [0, 0, true, ''];
    for (const token of tokens) {
        if (token.startsWith('*') && last !== SCALAR_MARK)
            weight.aliases += 1;
        last = token;
        if (token === DOCUMENT_MARK || token === SCALAR_MARK)
            continue;
        if (token === '{' || token === '[')
            flow += 1;
        if (token === '}' || token === ']')
            flow -= 1;
        const isBlank = token.trim() === '';
        if (opensBlock && !isBlank && flow === 0)
            openColumn(columns, column);
        opensBlock = isBlank ? opensBlock || token.includes('\n') : opensBlock && /^[-?:]$/.test(token);
        weight.depth = Math.max(weight.depth, columns.length + flow);
        column = columnAfter(token, column);
    }
    return weight;
}
/**
 * Block collections are open at ever greater columns; what starts further left closes those right of it.
 */
function openColumn(columns, column) {
    while ((columns.at(-1) ?? -1) > column)
        columns.pop();
    if (columns.at(-1) !== column)
        columns.push(column);
}
function columnAfter(token, column) {
    const lineEnd = token.lastIndexOf('\n');
    return lineEnd === -1 ? column + token.length : token.length - lineEnd - 1;
}
function tooMuch(code, path, seen) {
    return refuse(code, path, seen, 'Split the manifest, or point the action at a smaller file');
}

;// CONCATENATED MODULE: ./packages/manifest/src/read/documents.js
/**
 * Splits a file at its `---` and `...` lines. They are marks wherever they stand at the start of a line, also in what
 * looks like quoted or block text (YAML 1.2.2, 9.1.2 `c-forbidden`), so no parser is needed to see them; Kubernetes
 * splits in the same way. Comments and directives in front of a `---` belong to the document that it starts.
 */
function splitDocuments(text, firstLine = 1) {
    const starts = [0];
    for (const { index, 1: lineEnd = '', 2: mark } of text.matchAll(/(^|\n)(---|\.\.\.)(?=[ \t\r\n]|$)/g)) {
        const at = index + lineEnd.length;
        const next = mark === '---' ? at : afterLine(text, at);
        if (mark === '...' || hasContent(text, starts.at(-1) ?? 0, at))
            starts.push(next);
    }
    if (starts.length > 1 && !hasContent(text, starts.at(-1) ?? 0, text.length))
        starts.pop();
    return locate(starts.map((start, index) => text.slice(start, starts[index + 1])), firstLine);
}
/** The documents of a file, given their texts. */
function locate(texts, first) {
    let [start, firstLine] = [0, first];
    return texts.map((text, index) => {
        const document = { index, start, firstLine, text };
        start += text.length;
        firstLine += countLines(text);
        return document;
    });
}
/** Whether anything but blank lines, comments and directives stands there. */
function hasContent(text, start, end) {
    for (let at = start; at < end; at = afterLine(text, at)) {
        const line = text.slice(at, Math.min(afterLine(text, at), end)).replace(/^\ufeff/, '');
        if (!/^(?:[ \t\r]*(?:#.*)?|%.*)\n?$/.test(line))
            return true;
    }
    return false;
}
function afterLine(text, offset) {
    const lineEnd = text.indexOf('\n', offset);
    return lineEnd === -1 ? text.length : lineEnd + 1;
}
function countLines(text) {
    let lines = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
        lines += 1;
    return lines;
}

;// CONCATENATED MODULE: ./packages/manifest/src/read/sound.js


const OMAP = 'tag:yaml.org,2002:omap';
/** `!!omap` as the list that it is: the parser's own reading compares every key with every other. */
const PLAIN_OMAP = {
    tag: OMAP,
    collection: 'seq',
    default: false,
    resolve: (list) => list,
};
/**
 * What the parser lets pass, in one walk over a document: keys that stand twice in a map or an ordered map, and
 * aliases without an anchor, or to a list or map that they stand in, which as plain values would have no end.
 * @throws Failure MANIFEST_INVALID
 */
function assertSound(path, document, lineAt) {
    const anchors = new Map();
    const fail = (node, seen) => {
        const offset = (0,dist/* isNode */.Ll)(node) ? (node.range?.[0] ?? 0) : 0;
        const on = `${path}:${lineAt(offset)}`;
        throw refuse('MANIFEST_INVALID', on, seen, 'Correct the YAML; nothing was changed');
    };
    (0,dist/* visit */.YR)(document, {
        Node(_, node) {
            if ((0,dist/* isMap */.jh)(node))
                assertDistinctKeys(node.items, fail);
            if ((0,dist/* isSeq */.oP)(node) && node.tag === OMAP)
                assertDistinctKeys(sound_pairsOf(node, fail), fail);
            if (((0,dist/* isScalar */.jn)(node) || (0,dist/* isMap */.jh)(node) || (0,dist/* isSeq */.oP)(node)) && node.anchor !== undefined)
                anchors.set(node.anchor, node);
        },
        Alias(_, node, ancestors) {
            assertResolves(node, ancestors, anchors, fail);
        },
    });
}
/** Keys are the same when they are scalars with the same value, as `yaml` has it with `uniqueKeys`. */
function assertDistinctKeys(pairs, fail) {
    const keys = new Set();
    for (const { key } of pairs) {
        if (!(0,dist/* isScalar */.jn)(key))
            continue;
        if (keys.has(key.value))
            fail(key, 'DUPLICATE_KEY: the same key stands in this map before');
        keys.add(key.value);
    }
}
/** An ordered map is a list of maps with one key each (yaml.org/type/omap.html); a bare item is a key without a value. */
function sound_pairsOf({ items }, fail) {
    return items.flatMap((item) => {
        if (!(0,dist/* isMap */.jh)(item))
            return [{ key: item }];
        return item.items.length > 1 ? fail(item, 'an item of an !!omap has more than one key') : item.items;
    });
}
/** An anchor belongs to the last node before the alias that has it (YAML 1.2.2, 3.2.2.2). */
function assertResolves(alias, path, anchors, fail) {
    const target = anchors.get(alias.source);
    if (target === undefined)
        fail(alias, `the alias *${alias.source} has no anchor before it`);
    if (path.includes(target))
        fail(alias, `the alias *${alias.source} stands in the very value that it repeats`);
}

;// CONCATENATED MODULE: ./packages/manifest/src/read/parse.js





/**
 * Parses one document; JSON is read as the YAML that it is. Merge keys are resolved, as Kubernetes does though
 * YAML 1.2 dropped them.
 * @throws Failure for text beyond the limits, templates, and anything that is not valid YAML (a key that
 * stands twice and an alias to what it stands in included)
 */
function parseDocument(path, document) {
    const { text } = document;
    const tokens = lexWithinLimits({ path, text });
    const composer = new dist/* Composer */.Dk({
        merge: true,
        logLevel: 'silent',
        // Its own check compares every key with every other, which takes a minute for 1 MiB; see sound.ts.
        uniqueKeys: false,
        customTags: (tags) => [PLAIN_OMAP, ...tags],
    });
    const [tree, second] = [...composer.compose(parseTokens(tokens))];
    const { lineAt } = parse_locate(path, document, { tree, value: undefined });
    for (const one of [tree, second]) {
        if (one === undefined)
            continue;
        assertNoTemplate({ path, text }, one, lineAt);
        assertValid({ path, text }, one, lineAt);
        assertSound(path, one, lineAt);
    }
    if (second !== undefined)
        throw unclear(`${path}:${lineAt(second.range[0])}`);
    return parse_locate(path, document, { tree, value: tree && plainValue(path, tree) });
}
/** As `Parser.parse` does with the text: reading the tokens is a third of its work, and they are there. */
function* parseTokens(tokens) {
    const parser = new dist/* Parser */.iX();
    for (const token of tokens)
        yield* parser.next(token);
    yield* parser.end();
}
/** What was parsed of a text, for a document that has this text. */
function parse_locate(path, document, { tree, value }) {
    let lines;
    const lineAt = (offset) => {
        lines ??= parse_countLines(document.text);
        return document.firstLine + lines.linePos(offset).line - 1;
    };
    return { ...document, path, tree, value, lineAt };
}
function parse_countLines(text) {
    const lines = new dist/* LineCounter */.HN();
    lines.addNewLine(0);
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
        lines.addNewLine(at + 1);
    return lines;
}
function assertValid(file, { errors: [error] }, lineAt) {
    if (error === undefined)
        return;
    const on = `${file.path}:${lineAt(error.pos[0])}`;
    if (looksLikeTemplate(file.text))
        throw templateFailure(on, error);
    const seen = `${error.code}: ${error.message}`;
    throw refuse('MANIFEST_INVALID', on, seen, 'Correct the YAML; nothing was changed', error);
}
function plainValue(path, document) {
    try {
        return document.toJS({ maxAliasCount: 100 });
    }
    catch (cause) {
        if (cause instanceof ReferenceError) {
            const seen = 'its aliases expand without end';
            throw refuse('MANIFEST_TOO_MANY_ALIASES', path, seen, 'Write the values out instead of aliases', cause);
        }
        const seen = cause instanceof Error ? cause.message : String(cause);
        throw refuse('MANIFEST_INVALID', path, seen, 'Correct the YAML; nothing was changed', cause);
    }
}
function unclear(on) {
    return refuse('MANIFEST_INVALID', on, 'a document starts here without `---`', 'Put `---` between the documents');
}

;// CONCATENATED MODULE: ./packages/manifest/src/read/manifest.js



/**
 * Opens a manifest, or what an edit has made of one: what did not change is not parsed again.
 * @param firstLine where its text stands in the file, if it is only a part of that
 * @throws Failure MANIFEST_TOO_LARGE | MANIFEST_TOO_MANY_DOCUMENTS
 */
function openManifest(file, firstLine = 1, parsed = new Map()) {
    const documents = splitDocuments(file.text, firstLine);
    assertFileWithinLimits(file, documents.length);
    const parse = (document) => {
        const { tree, value } = parsed.get(document.text) ?? parseDocument(file.path, document);
        parsed.set(document.text, { tree, value });
        return parse_locate(file.path, document, { tree, value });
    };
    return { file, documents, parsed, parse };
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/verify.js





/**
 * The manifest after a splice into one of its documents. That document is read again and compared: it must say what
 * it said before, with the edit made, and nothing else; the texts of the other documents must be what they were.
 * @throws Failure MANIFEST_EDIT_SPREADS when the edit would show elsewhere too, as below an anchor;
 * MANIFEST_EDIT_UNREADABLE when it does not read back
 */
function spliceVerified(manifest, document, edit, splice) {
    const { file, documents, parsed } = manifest;
    const text = spliced(document.text, splice);
    const texts = documents.map((other) => (other.index === document.index ? text : other.text));
    const after = openManifest({ path: file.path, text: texts.join('') }, documents[0]?.firstLine, parsed);
    const isSplitAlike = after.documents.length === texts.length && after.documents.every((other, at) => other.text === texts[at]);
    const now = isSplitAlike ? readAgain(after, document.index) : undefined;
    if (now === undefined)
        throw unreadable(document, edit);
    const wanted = withValue(document.value, edit.path, edit.value);
    if (!(0,external_node_util_.isDeepStrictEqual)(now.value, wanted))
        throw spreads(document, edit, now.value, wanted);
    return after;
}
function spliced(text, splice) {
    return text.slice(0, splice.start) + splice.text + text.slice(splice.end);
}
function readAgain(manifest, index) {
    const document = manifest.documents[index];
    try {
        return document && manifest.parse(document);
    }
    catch (error) {
        if (error instanceof Failure)
            return undefined;
        throw error;
    }
}
function spreads(document, { path, value }, now, wanted) {
    const own = formatPath(path);
    const others = differingPaths(now, wanted).map((other) => formatPath(other));
    if (others.every((other) => other === own))
        return unreadable(document, { path, value });
    const anchors = usedAnchors(document, path);
    const by = anchors.length === 0 ? '' : ` (by the anchor ${anchors.join(' and ')})`;
    return new Failure({
        kind: 'integrity',
        code: 'MANIFEST_EDIT_SPREADS',
        what: 'Cannot change this value alone',
        on: document.path,
        seen: `the edit of ${own} would also show at ${others.slice(0, 5).join(', ')}${by}`,
        next: 'Remove the anchor (&name), or write out the places that refer to it',
    });
}
function unreadable(document, { path, value }) {
    const wish = value === undefined ? 'absent' : JSON.stringify(value);
    return new Failure({
        kind: 'integrity',
        code: 'MANIFEST_EDIT_UNREADABLE',
        what: 'Cannot write this value so that it reads back',
        on: document.path,
        seen: `${formatPath(path)} would not be ${wish}`,
        next: 'Write the value as plain or quoted text on one line, then run again',
    });
}

;// CONCATENATED MODULE: ./packages/manifest/src/edit/typed.js

/**
 * A value that has a type keeps it: text where a number is due is refused by the cluster, after the commit.
 * @throws Failure MANIFEST_VALUE_TYPE
 */
function assertSameType(on, path, before, after) {
    const wanted = typeOf(after);
    const next = `Give ${path} a value of its type`;
    if (wanted === undefined)
        throw refuse('MANIFEST_VALUE_TYPE', on, `${after} is no number that a manifest can have`, next);
    const found = typeOf(before);
    const isFree = before === undefined || before === null;
    if (isFree || found === wanted || (found === 'number' && wanted === 'integer'))
        return;
    const seen = `${path} is ${found ?? 'a list or a map'}, and ${JSON.stringify(after)} is ${wanted}`;
    throw refuse('MANIFEST_VALUE_TYPE', on, seen, next);
}
function typeOf(value) {
    if (typeof value === 'string')
        return 'text';
    if (typeof value === 'boolean')
        return 'boolean';
    if (typeof value !== 'number' || !Number.isFinite(value))
        return undefined;
    return Number.isSafeInteger(value) ? 'integer' : 'number';
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/spot.js

/** One scalar that is the whole value. */
const SCALAR = {
    read: spot_textOf,
    edits: (_, { value }) => [{ path: [], value }],
};
/** A place that is not there yet, and what has to be written there. */
function absent(make) {
    return { read: () => '', edits: (_, setting) => [{ path: [], value: make(setting) }] };
}
/** A scalar as people read it; nothing for null and for what is not there. */
function spot_textOf(value) {
    if (value === null || value === undefined)
        return '';
    return Array.isArray(value) || tree_isRecord(value) ? JSON.stringify(value) : String(value);
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/containers.js


/**
 * The container in which KServe runs the model server (kserve: pkg/constants,
 * `InferenceServiceContainerName`).
 */
const SERVER_CONTAINER = 'kserve-container';
/**
 * A custom container takes its model from this variable (kserve: pkg/constants,
 * `CustomSpecStorageUriEnvVarKey`).
 */
const STORAGE_URI_VARIABLE = 'STORAGE_URI';
/** The spots of a pod's spec, or of what has its shape: its containers and init containers. */
function spotsOfPod(root, path, owner, setting) {
    return ['containers', 'initContainers'].flatMap((list) => tree_itemsOf(valueAt(root, [...path, list])).flatMap((container, index) => {
        const named = {
            ...owner,
            container: stringAt(container, ['name']) ?? '',
            isInit: list !== 'containers',
        };
        return spotsOfContainer(root, [...path, list, index], named, setting);
    }));
}
/** The spots of one container, or of a model spec, which KServe makes one of. */
function spotsOfContainer(root, path, owner, setting) {
    switch (setting.set) {
        case 'image':
            return spotAt(root, [...path, 'image'], owner);
        case 'storage-uri':
            return variables(root, path, STORAGE_URI_VARIABLE).flatMap((at) => spotAt(root, [...at, 'value'], owner));
        case 'env':
            return spotsOfVariable(root, path, owner, setting.key);
        default:
            return [];
    }
}
/** A spot counts where its key stands, also with an empty value. */
function spotAt(root, path, owner, form = SCALAR) {
    return valueAt(root, path) === undefined ? [] : [{ ...owner, path, form }];
}
/** A variable that the container does not have yet is put behind the others. */
function spotsOfVariable(root, path, owner, key) {
    if (valueAt(root, path) === undefined)
        return [];
    const found = variables(root, path, key);
    const end = tree_itemsOf(valueAt(root, [...path, 'env'])).length;
    const made = absent(({ value }) => ({ name: key, value: String(value) }));
    if (found.length === 0)
        return [{ ...owner, path: [...path, 'env', end], form: made }];
    // One that takes its value from elsewhere may have no second one.
    return found
        .filter((at) => valueAt(root, [...at, 'valueFrom']) === undefined)
        .map((at) => ({ ...owner, path: [...at, 'value'], form: SCALAR }));
}
/** Every entry of that name: Kubernetes takes the last of several. */
function variables(root, path, name) {
    return tree_itemsOf(valueAt(root, [...path, 'env'])).flatMap((entry, index) => childOf(entry, 'name') === name ? [[...path, 'env', index]] : []);
}

;// CONCATENATED MODULE: ./packages/manifest/src/read/inline.js


/** What a text says, if it is a manifest; nothing if it is not one, as a path to a file. */
function documentsInText(text) {
    try {
        const manifest = openManifest({ path: '', text });
        return manifest.documents.map((document) => ({
            document: document.index,
            value: manifest.parse(document).value,
        }));
    }
    catch (error) {
        if (error instanceof Failure)
            return [];
        throw error;
    }
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/json-patch.js

/** Whether a document is a JSON6902 patch: a list of operations. */
function isJsonPatch(value) {
    const operations = tree_itemsOf(value);
    return (operations.length > 0 &&
        operations.every((one) => stringAt(one, ['op']) !== undefined && stringAt(one, ['path']) !== undefined));
}
/** The values that a JSON6902 patch adds and replaces, each in an object of its own. */
function patchedValues(patch) {
    return tree_itemsOf(patch).flatMap((operation, index) => {
        const pointer = parsePointer(stringAt(operation, ['path']) ?? '');
        const value = childOf(operation, 'value');
        if (!['add', 'replace'].includes(stringAt(operation, ['op']) ?? '') || value === undefined)
            return [];
        return [{ path: [index, 'value'], pointer, object: build(pointer, value) }];
    });
}
/** RFC 6901: `~1` is `/`, `~0` is `~`; `-` is the place behind a list's last item, here the first of its own list. */
function parsePointer(text) {
    return text
        .split('/')
        .slice(1)
        .map((token) => {
        if (token === '-')
            return 0;
        const isIndex = /^(?:0|[1-9]\d{0,2})$/.test(token);
        return isIndex ? Number(token) : token.replaceAll('~1', '/').replaceAll('~0', '~');
    });
}
function build([step, ...rest], value) {
    if (step === undefined)
        return value;
    const child = build(rest, value);
    if (typeof step === 'string')
        return { [step]: child };
    return [...Array.from({ length: step }, () => undefined), child];
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/images.js

/** `name:tag@digest`, of what is there. */
function formatParts({ name, tag = '', digest = '' }) {
    return `${name}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
}
/** The parts of an image that is to be set; of another setting none. */
function partsOf(setting) {
    return setting.set === 'image' ? setting.parts : { name: spot_textOf(setting.value) };
}
/**
 * An image reference as it is split by kustomize and Argo CD: the tag starts at the first `:` behind the last `/` (kustomize
 * api/internal/image/image.go).
 */
function splitImage(text) {
    const [named = '', ...digest] = text.split('@');
    const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
    return {
        name: colon === -1 ? named : named.slice(0, colon),
        ...(colon === -1 ? {} : { tag: named.slice(colon + 1) }),
        ...(digest.length === 0 ? {} : { digest: digest.join('@') }),
    };
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/kustomize-images.js



/**
 * An entry of a kustomization's `images:`. A tag alone clears a digest, a digest alone clears the tag, both give
 * `tag@digest` (kustomize api/filters/imagetag/updater.go): so what the new image does not have is taken away.
 * Either makes a `tagSuffix` void.
 */
const ENTRY = {
    read(entry) {
        const tag = spot_textOf(childOf(entry, 'newTag'));
        return formatParts({ name: kustomize_images_nameOf(entry), tag, digest: spot_textOf(childOf(entry, 'digest')) });
    },
    edits(entry, setting) {
        const { name, tag, digest } = partsOf(setting);
        const renamed = name === kustomize_images_nameOf(entry) ? [] : [{ path: ['newName'], value: name }];
        const parts = [
            { path: ['newTag'], value: tag },
            { path: ['digest'], value: digest },
        ];
        // What is set goes first, so that no map is left empty on the way.
        return [
            ...renamed,
            ...parts.filter(({ value }) => value !== undefined),
            ...parts.filter(({ value }) => value === undefined),
        ];
    },
};
/** `name=new:tag` or `new:tag`, as Argo CD keeps them. */
const OVERRIDE = {
    read: (text) => splitOverride(spot_textOf(text)).image,
    edits(text, setting) {
        const { alias } = splitOverride(spot_textOf(text));
        return [{ path: [], value: `${alias}${setting.value}` }];
    },
};
/**
 * The entries of `images:`, by the name that manifests have. Without one: those of the image's repository, or else all. An
 * entry that is asked for by kind and name is made where it is not there; not where another one has the image's repository,
 * since then the name is more likely a slip, and an entry that matches nothing changes nothing.
 */
function spotsOfImages(root, path, change) {
    if (change.set !== 'image')
        return [];
    const entries = tree_itemsOf(valueAt(root, path));
    const spots = entries.map((entry, index) => ({
        path: [...path, index],
        form: ENTRY,
        name: nameIn(entry),
        repository: kustomize_images_nameOf(entry),
    }));
    const { kind, name } = change.target;
    const wished = partsOf(change).name;
    const isNew = spots.every((spot) => spot.name !== name && spot.repository !== wished);
    if (kind === 'Kustomization' && name !== undefined && isNew) {
        const form = absent((setting) => newEntry(name, setting));
        return [{ path: [...path, entries.length], form, name }];
    }
    return name === undefined ? ofRepository(spots, change) : spots;
}
/** The image overrides of an Argo CD Application. */
function spotsOfOverrides(root, path, change) {
    if (change.set !== 'image')
        return [];
    const spots = tree_itemsOf(valueAt(root, path)).map((text, index) => {
        const { image } = splitOverride(spot_textOf(text));
        return { path: [...path, index], form: OVERRIDE, repository: splitImage(image).name };
    });
    return ofRepository(spots, change);
}
/** The entries of the repository that is to be set, or all where there are none. */
function ofRepository(entries, change) {
    const own = entries.filter(({ repository }) => repository === partsOf(change).name);
    return own.length > 0 ? own : entries;
}
function newEntry(name, setting) {
    const { name: newName, tag, digest } = partsOf(setting);
    return {
        name,
        ...(newName === name ? {} : { newName }),
        ...(tag === undefined ? {} : { newTag: tag }),
        ...(digest === undefined ? {} : { digest }),
    };
}
function nameIn(entry) {
    return stringAt(entry, ['name']) ?? '';
}
/** The repository that the entry stands for in the end. */
function kustomize_images_nameOf(entry) {
    return stringAt(entry, ['newName']) ?? nameIn(entry);
}
function splitOverride(text) {
    const at = text.indexOf('=');
    return { alias: text.slice(0, at + 1), image: text.slice(at + 1) };
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/path.js


const STEP = /\.?([\w$-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\[([\w$.-]+)=(?:("(?:[^"\\]|\\.)*")|([^\]"]*))\]/y;
/**
 * Reads `spec.predictor.containers[name=kserve-container].image`, `["a.b/c"]` and `[0]`; what `formatPath` writes is
 * read back as the same path.
 * @throws Failure MANIFEST_PATH_INVALID
 */
function parsePath(text) {
    const steps = [];
    const step = new RegExp(STEP);
    while (step.lastIndex < text.length) {
        const at = step.lastIndex;
        const match = step.exec(text);
        const isDotted = text.charAt(at) === '.';
        if (match === null || (match[1] !== undefined && isDotted === (at === 0)))
            throw invalid(text);
        steps.push(path_stepOf(match));
    }
    if (steps.length === 0)
        throw invalid(text);
    return steps;
}
function path_stepOf([, name, index, quoted, key, quotedValue, value = '']) {
    if (name !== undefined)
        return name;
    if (index !== undefined)
        return Number(index);
    if (quoted !== undefined)
        return path_unquote(quoted);
    return { key: key ?? '', value: quotedValue === undefined ? value : path_unquote(quotedValue) };
}
function path_unquote(text) {
    try {
        return String(JSON.parse(text));
    }
    catch (cause) {
        throw invalid(text, cause);
    }
}
/** The path with the index of each selected list item; undefined where not exactly one item has it. */
function resolvePath(root, steps) {
    let value = root;
    const path = [];
    for (const step of steps) {
        const found = typeof step === 'object' ? indexOf(value, step.key, step.value) : step;
        if (found === undefined)
            return undefined;
        path.push(found);
        value = childOf(value, found);
    }
    return path;
}
function indexOf(list, key, value) {
    const matches = tree_itemsOf(list).flatMap((item, index) => String(childOf(item, key)) === value ? [index] : []);
    return matches.length === 1 ? matches[0] : undefined;
}
function invalid(path, cause) {
    return refuse('MANIFEST_PATH_INVALID', `path ${JSON.stringify(path)}`, 'it is no path', 'Write it as spec.containers[name=server].image, keys with other characters as ["a.b/c"]', cause);
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/object.js





/** Where InferenceServices have the annotations of a component's pods. */
const POD_ANNOTATIONS = {
    predictor: ['spec', 'predictor', 'annotations'],
    transformer: ['spec', 'transformer', 'annotations'],
    explainer: ['spec', 'explainer', 'annotations'],
};
/** What every object has: its annotations, and the values at paths of its own. */
function spotsOfObjectItself(kind, manifest, change) {
    if (change.set === 'value')
        return spotsOfPath(manifest, change.path).map((spot) => kind === 'InferenceService' ? fieldAt(spot) : spot);
    if (change.set !== 'annotation')
        return [];
    const { component } = change.target;
    const pods = kind === 'InferenceService' && component !== undefined ? POD_ANNOTATIONS[component] : undefined;
    const owner = pods === undefined || component === undefined ? {} : { component };
    return [{ ...owner, path: [...(pods ?? ['metadata', 'annotations']), change.key], form: SCALAR }];
}
/** The integers that every component can have (kserve pkg/apis/serving/v1beta1/component.go: ComponentExtensionSpec). */
const COMPONENT_FIELD = /^spec\.(?:predictor|transformer|explainer|canary\[\d+\]\.predictor)\.(?:minReplicas|maxReplicas|scaleTarget|containerConcurrency|timeout|canaryTrafficPercent)$/;
/** A key that is not there is made where the schema says that it can only be meant. */
function fieldAt(spot) {
    const { beside, ...field } = spot;
    const isNew = beside !== undefined && COMPONENT_FIELD.test(formatPath(spot.path));
    return isNew ? { ...field, form: NEW_INTEGER } : spot;
}
const NEW_INTEGER = {
    read: spot_textOf,
    edits(_, setting, on) {
        if (setting.set === 'value')
            assertSameType(on, setting.path, 0, setting.value);
        return [{ path: [], value: setting.value }];
    },
};
/** The value at a path. A key that is not there is told with those that are: it is more likely a slip than meant. */
function spotsOfPath(root, text) {
    return spotsOfSteps(root, parsePath(text));
}
function spotsOfSteps(root, steps) {
    const path = resolvePath(root, steps);
    if (path === undefined)
        return spotsInText(root, steps);
    if (valueAt(root, path) !== undefined)
        return [{ path, form: SCALAR }];
    const parent = valueAt(root, path.slice(0, -1));
    return tree_isRecord(parent) && typeof path.at(-1) === 'string'
        ? [{ path, form: SCALAR, beside: Object.keys(parent) }]
        : spotsInText(root, steps);
}
/** A path may go on in a manifest inside of a text, as it is shown for one. */
function spotsInText(root, steps) {
    for (let at = 1; at < steps.length; at += 1) {
        const host = resolvePath(root, steps.slice(0, at));
        const text = host === undefined ? undefined : valueAt(root, host);
        if (host === undefined || typeof text !== 'string')
            continue;
        return documentsInText(text).flatMap(({ document, value }) => spotsOfSteps(value, steps.slice(at)).map((spot) => ({
            ...spot,
            path: [...host, ...spot.path],
            nested: { host, document, value, path: spot.path },
        })));
    }
    return [];
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/objects.js

/** The objects of a document: itself, or the items of the list that it is, which may be of a kind of their own. */
function objectsOf(value, inherited) {
    return collect(value, [], inherited);
}
function collect(value, at, inherited) {
    const kind = stringAt(value, ['kind']) ?? inherited?.kind;
    const apiVersion = stringAt(value, ['apiVersion']) ?? inherited?.apiVersion ?? '';
    if (kind === undefined)
        return [];
    const items = childOf(value, 'items');
    if (kind.endsWith('List') && Array.isArray(items)) {
        // The items of a typed list, as `InferenceServiceList`, need not say what they are.
        const own = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) };
        return tree_itemsOf(items).flatMap((item, index) => collect(item, [...at, 'items', index], own));
    }
    const namespace = stringAt(value, ['metadata', 'namespace']);
    const name = objects_nameOf(value);
    return [{ apiVersion, kind, name, at, value, ...(namespace === undefined ? {} : { namespace }) }];
}
/** An object that does not say its name, as a patch may. */
const UNNAMED = '(unnamed)';
/** An object whose name the cluster makes is shown by the part that is known. */
function objects_nameOf(value) {
    const prefix = stringAt(value, ['metadata', 'generateName']);
    const made = prefix === undefined ? UNNAMED : `${prefix}(generated)`;
    return stringAt(value, ['metadata', 'name']) ?? made;
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/values.js






/** The key under which charts keep the repository of an image. */
const NAMES = ['repository', 'name', 'image'];
const values_PARTS = new Set([...NAMES, 'registry', 'tag', 'digest']);
/**
 * An image in the parts that a chart keeps: `{registry, repository, tag, digest}` or `{name, tag}`. Only keys that are
 * there are written, since a chart reads no others: where there is none for the digest, it goes behind the tag. A tag
 * alone is refused: of which repository it is stands elsewhere, so nobody could tell that the new one is of the same.
 */
const IMAGE_PARTS = {
    read(map) {
        const { name = '', tag, digest } = partsIn(map);
        return formatParts({ name, tag, digest });
    },
    edits(map, setting, on) {
        const { name, tag = '', digest = '' } = partsOf(setting);
        if (partsIn(map).name === undefined)
            throw noRepository(on);
        const old = childOf(map, 'digest');
        const hasDigest = old !== undefined;
        if (!hasDigest && tag === '')
            throw noTag(on, String(setting.value));
        const wholeTag = hasDigest || digest === '' ? tag : `${tag}@${digest}`;
        return [
            ...nameEdits(map, name),
            { path: ['tag'], value: wholeTag },
            ...(hasDigest && spot_textOf(old) !== digest ? [{ path: ['digest'], value: digest }] : []),
        ];
    },
};
/** The spots of Helm values: the one at the target's path, or else all that have the shape of what is to be set. */
function spotsOfValues(root, change) {
    const { path } = change.target;
    if (change.set === 'value')
        return spotsOfPath(root, change.path);
    if (change.set === 'annotation' || change.set === 'env')
        return [];
    if (path === undefined)
        return shapedLike(root, [], change.set);
    if (change.set === 'storage-uri')
        return spotsOfPath(root, path);
    return spotsOfImage(root, path);
}
/** An image stands whole at the path, or in parts, one of which the path may end with. */
function spotsOfImage(root, text) {
    const path = resolvePath(root, parsePath(text));
    if (path === undefined)
        return [];
    const value = valueAt(root, path);
    const holder = path.slice(0, -1);
    if (isImageMap(value))
        return [{ path, form: IMAGE_PARTS }];
    if (values_PARTS.has(String(path.at(-1))) && isImageMap(valueAt(root, holder)))
        return [{ path: holder, form: IMAGE_PARTS }];
    return value === undefined || tree_isRecord(value) ? [] : [{ path, form: SCALAR }];
}
function shapedLike(value, path, set) {
    if (Array.isArray(value))
        return value.flatMap((item, index) => shapedLike(item, [...path, index], set));
    if (!tree_isRecord(value))
        return [];
    if (set === 'image' && isImageMap(value))
        return [{ path, form: IMAGE_PARTS }];
    const key = set === 'image' ? 'image' : 'storageUri';
    return Object.entries(value).flatMap(([name, child]) => name === key && (child === null || typeof child === 'string')
        ? [{ path: [...path, name], form: SCALAR }]
        : shapedLike(child, [...path, name], set));
}
function isImageMap(value) {
    return tree_isRecord(value) && childOf(value, 'tag') !== undefined;
}
function noTag(on, image) {
    const seen = `there is no key for a digest, and "${image}" has no tag`;
    return refuse('MANIFEST_IMAGE_PARTS', on, seen, 'Give the image with a tag, or the values a key `digest`');
}
function noRepository(on) {
    const seen = 'a tag stands here without the repository that it is of';
    const next = 'Set the tag as text, with its own `path` and `value`, or write the repository beside it';
    return refuse('MANIFEST_IMAGE_PARTS', on, seen, next);
}
function partsIn(map) {
    const [tag = '', inTag = ''] = spot_textOf(childOf(map, 'tag')).split('@');
    const digest = spot_textOf(childOf(map, 'digest')) || inTag;
    const key = NAMES.find((name) => childOf(map, name) !== undefined);
    const registry = spot_textOf(childOf(map, 'registry'));
    const repository = key === undefined ? undefined : spot_textOf(childOf(map, key));
    const name = registry === '' || repository === undefined ? repository : `${registry}/${repository}`;
    return { name, tag, digest };
}
/** A registry that is kept apart goes on being so. */
function nameEdits(map, name) {
    const key = NAMES.find((one) => childOf(map, one) !== undefined);
    if (key === undefined || partsIn(map).name === name)
        return [];
    if (childOf(map, 'registry') === undefined)
        return [{ path: [key], value: name }];
    const slash = name.indexOf('/');
    const first = name.slice(0, Math.max(0, slash));
    const isHost = first === 'localhost' || /[.:]/.test(first);
    return [
        { path: ['registry'], value: isHost ? first : 'docker.io' },
        { path: [key], value: isHost ? name.slice(slash + 1) : name },
    ];
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/application.js






/** An Argo CD Application: what its sources give to Helm and to kustomize (argo-cd pkg/apis/application/v1alpha1/types.go). */
function spotsOfApplication(manifest, change) {
    return sourcesIn(manifest, ['spec']).flatMap((path) => spotsOfSource(manifest, path, change));
}
/** The Application that an ApplicationSet makes others from. */
function spotsOfApplicationSet(manifest, change) {
    return sourcesIn(manifest, ['spec', 'template', 'spec']).flatMap((path) => spotsOfSource(manifest, path, change));
}
function sourcesIn(manifest, spec) {
    const several = tree_itemsOf(valueAt(manifest, [...spec, 'sources'])).map((_, at) => [...spec, 'sources', at]);
    return tree_isRecord(valueAt(manifest, [...spec, 'source'])) ? [[...spec, 'source'], ...several] : several;
}
function spotsOfSource(manifest, path, change) {
    if (change.set !== 'image' && change.set !== 'storage-uri')
        return [];
    const helm = [...path, 'helm'];
    return [
        ...(change.target.path === undefined
            ? spotsOfOverrides(manifest, [...path, 'kustomize', 'images'], change)
            : []),
        ...spotsOfParameters(manifest, [...helm, 'parameters'], change),
        ...within(manifest, [...helm, 'valuesObject'], change),
        ...spotsOfValuesText(manifest, [...helm, 'values'], change),
    ];
}
function within(manifest, path, change) {
    return spotsOfValues(valueAt(manifest, path), change).map((spot) => ({
        ...spot,
        path: [...path, ...spot.path],
    }));
}
/** Values in a block of text. */
function spotsOfValuesText(manifest, host, change) {
    const text = stringAt(manifest, host);
    if (text === undefined)
        return [];
    return documentsInText(text).flatMap(({ document, value }) => spotsOfValues(value, change).map((spot) => ({
        ...spot,
        path: [...host, ...spot.path],
        nested: { host, document, value, path: spot.path },
    })));
}
/** `helm.parameters`, a list of `{name: image.tag, value: v1}`: read as the map that it spells. */
function spotsOfParameters(manifest, path, change) {
    const parameters = tree_itemsOf(valueAt(manifest, path));
    const names = parameters.map((parameter) => stringAt(parameter, ['name']) ?? '');
    const isWhole = change.set === 'image' ? /(?:^|\.)image$/ : /(?:^|\.)storageUri$/;
    const whole = names.flatMap((name, index) => {
        const isMeant = change.target.path === undefined ? isWhole.test(name) : name === change.target.path;
        return isMeant && !/\.(?:tag|repository|digest|registry)$/.test(name)
            ? [{ path: [...path, index, 'value'], form: SCALAR }]
            : [];
    });
    if (change.set !== 'image')
        return whole;
    const holders = new Set(names.flatMap((name) => (name.endsWith('.tag') ? [name.slice(0, -'.tag'.length)] : [])));
    const asked = change.target.path?.replace(/\.(?:tag|repository|digest|registry)$/, '');
    return [
        ...whole,
        ...[...holders]
            .filter((holder) => asked === undefined || holder === asked)
            .map((holder) => ({ path, form: parametersForm(names, holder) })),
    ];
}
/** The parts of an image in parameters whose names start alike. */
function parametersForm(names, holder) {
    const asMap = (list) => Object.fromEntries(names.flatMap((name, index) => name.startsWith(`${holder}.`)
        ? [[name.slice(holder.length + 1), valueAt(list, [index, 'value'])]]
        : []));
    return {
        read: (list) => IMAGE_PARTS.read(asMap(list)),
        edits(list, setting, on) {
            assertDistinct(names.filter((name) => name.startsWith(`${holder}.`)), on);
            return IMAGE_PARTS.edits(asMap(list), setting, on).flatMap(({ path: [part = ''], value }) => {
                const index = names.indexOf(`${holder}.${part}`);
                return [{ path: [index, 'value'], value }, ...forceString(list, index, value)];
            });
        },
    };
}
/** Of two parameters with one name Argo CD takes the last, unless the first is forced to be text. */
function assertDistinct(names, on) {
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice === undefined)
        return;
    const seen = `the parameter ${twice} stands more than once`;
    throw refuse('MANIFEST_TARGET_AMBIGUOUS', on, seen, 'Remove all but one, then run again');
}
/** `helm --set` takes digits and words such as `true` for something else than text, unless it is told not to. */
function forceString(list, index, value) {
    const isText = !/^(?:\d+|true|false|null)$/.test(String(value));
    if (isText || valueAt(list, [index, 'forceString']) === true)
        return [];
    return [{ path: [index, 'forceString'], value: true }];
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

;// CONCATENATED MODULE: ./packages/manifest/src/targets/inference-service.js



/**
 * Model specs: `model` and the framework fields of a predictor, `art` and, in older releases, `alibi` of an explainer
 * (kserve: pkg/apis/serving/v1beta1/explainer.go).
 */
const MODEL_FIELDS = ['model', ...FRAMEWORKS, 'art', 'alibi'];
/** Every spot of an InferenceService. The shapes are those of serving.kserve.io/v1beta1 as of KServe 0.20. */
function spotsOfInferenceService(manifest, setting) {
    const components = [
        [{ component: 'predictor' }, ['spec', 'predictor']],
        [{ component: 'transformer' }, ['spec', 'transformer']],
        [{ component: 'explainer' }, ['spec', 'explainer']],
        [{ component: 'worker' }, ['spec', 'predictor', 'workerSpec']],
        ...canariesOf(manifest),
    ];
    return components.flatMap(([owner, path]) => spotsOfComponent(manifest, owner, path, setting));
}
/** The new form of a canary, a predictor of its own; the old one is `predictor.canaryTrafficPercent`. */
function canariesOf(manifest) {
    return tree_itemsOf(valueAt(manifest, ['spec', 'canary'])).flatMap((entry, index) => {
        const canary = stringAt(entry, ['predictor', 'name']);
        const owner = { component: 'canary', ...(canary === undefined ? {} : { canary }) };
        const path = ['spec', 'canary', index, 'predictor'];
        return [
            [owner, path],
            [owner, [...path, 'workerSpec']],
        ];
    });
}
function spotsOfComponent(manifest, owner, path, setting) {
    return [
        ...spotsOfPod(manifest, path, owner, setting),
        ...MODEL_FIELDS.flatMap((field) => spotsOfModel(manifest, owner, [...path, field], setting)),
        ...(setting.set === 'storage-uri' ? spotsOfStorageUris(manifest, owner, [...path, 'storageUris']) : []),
    ];
}
function spotsOfModel(manifest, component, path, setting) {
    const owner = { ...component, container: stringAt(manifest, [...path, 'name']) ?? SERVER_CONTAINER };
    return [
        ...(setting.set === 'storage-uri' ? spotAt(manifest, [...path, 'storageUri'], owner) : []),
        ...spotsOfContainer(manifest, path, owner, setting),
    ];
}
function spotsOfStorageUris(manifest, component, path) {
    const owner = { ...component, container: SERVER_CONTAINER };
    return tree_itemsOf(valueAt(manifest, path)).flatMap((entry, index) => {
        const mountPath = stringAt(entry, ['mountPath']);
        const mount = mountPath === undefined ? owner : { ...owner, mountPath };
        return spotAt(manifest, [...path, index, 'uri'], mount);
    });
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/workload.js


/** Where the pods of a kind are specified, by component. */
const RUNTIME_PODS = [
    ['predictor', ['spec']],
    ['worker', ['spec', 'workerSpec']],
];
/** The container in which an LLMInferenceService runs its model server. */
const LLM_CONTAINER = 'main';
const LLM_PODS = [
    ['predictor', ['spec', 'template']],
    ['worker', ['spec', 'worker']],
    ['prefill', ['spec', 'prefill', 'template']],
    ['prefill-worker', ['spec', 'prefill', 'worker']],
    ['scheduler', ['spec', 'router', 'scheduler', 'template']],
];
/** ServingRuntime and ClusterServingRuntime (kserve: pkg/apis/serving/v1alpha1/servingruntime_types.go). */
function spotsOfServingRuntime(manifest, change) {
    return RUNTIME_PODS.flatMap(([component, path]) => spotsOfPod(manifest, path, { component }, change));
}
/**
 * LLMInferenceService and LLMInferenceServiceConfig, v1alpha1 and v1alpha2 (kserve:
 * pkg/apis/serving/v1alpha2/llm_inference_service_types.go). The model of an adapter is meant when the adapter is named.
 */
function spotsOfLlmInferenceService(manifest, change) {
    const pods = LLM_PODS.flatMap(([component, path]) => spotsOfPod(manifest, path, { component }, change));
    return change.set === 'storage-uri' ? [...spotsOfLlmModel(manifest), ...pods] : pods;
}
function spotsOfLlmModel(manifest) {
    const adapters = ['spec', 'model', 'lora', 'adapters'];
    return [
        ...spotAt(manifest, ['spec', 'model', 'uri'], { component: 'predictor', container: LLM_CONTAINER }),
        ...tree_itemsOf(valueAt(manifest, adapters)).flatMap((adapter, index) => {
            const owner = { component: 'predictor', container: stringAt(adapter, ['name']) ?? '' };
            return spotAt(manifest, [...adapters, index, 'uri'], { ...owner, isInit: true });
        }),
    ];
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/registry.js




/** What is known of a kind: where the things stand that a change can set. */
const registry_KINDS = new Map([
    ['InferenceService', { group: 'serving.kserve.io', find: spotsOfInferenceService }],
    ['ServingRuntime', { group: 'serving.kserve.io', find: spotsOfServingRuntime }],
    ['ClusterServingRuntime', { group: 'serving.kserve.io', find: spotsOfServingRuntime }],
    ['LLMInferenceService', { group: 'serving.kserve.io', find: spotsOfLlmInferenceService }],
    ['LLMInferenceServiceConfig', { group: 'serving.kserve.io', find: spotsOfLlmInferenceService }],
    ['Application', { group: 'argoproj.io', find: spotsOfApplication }],
    ['ApplicationSet', { group: 'argoproj.io', find: spotsOfApplicationSet }],
]);
/** The kinds that are known, for patches that do not say whom they patch. */
const KNOWN_KINDS = [...registry_KINDS.keys()];
/** Of a patch, which need not say of which version the object is that it is for. */
const ANY_VERSION = '*';
/**
 * The spots of an object. Of a kind that is not known, none but those that every object has, and these only when the
 * kind is asked for.
 */
function spotsOf({ apiVersion, kind, value }, change) {
    const [group = ''] = apiVersion.split('/');
    const known = registry_KINDS.get(kind);
    if (known !== undefined && (group === known.group || apiVersion === ANY_VERSION))
        return [...known.find(value, change), ...spotsOfObjectItself(kind, value, change)];
    return change.target.kind === kind ? spotsOfObjectItself(kind, value, change) : [];
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/kustomization.js








/** Of a patch that does not say what it is for. */
const ANY_KIND = 'Patch';
/** Kustomize takes a file by its name, with or without `apiVersion` and `kind` (kustomize api/konfig: RecognizedKustomizationFileNames). */
function isKustomization(file, value) {
    const group = (stringAt(value, ['apiVersion']) ?? '').split('/')[0];
    const kind = stringAt(value, ['kind']);
    if (group === 'kustomize.config.k8s.io')
        return kind === 'Kustomization' || kind === 'Component';
    return kind === undefined && /^(?:kustomization\.ya?ml|Kustomization)$/.test(external_node_path_namespaceObject.posix.basename(file));
}
/** The images of a kustomization, and what its inline patches set. */
function spotsOfKustomization(value, change) {
    const images = spotsOfImages(value, ['images'], change);
    return [
        ...(change.set === 'value' ? spotsOfPath(value, change.path) : []),
        ...images.map((spot) => ({ ...spot, kind: 'Kustomization' })),
        ...['patches', 'patchesJson6902'].flatMap((list) => tree_itemsOf(childOf(value, list)).flatMap((entry, index) => spotsOfText(entry, ['patch'], [list, index], change))),
        ...tree_itemsOf(childOf(value, 'patchesStrategicMerge')).flatMap((text, index) => spotsOfText(text, [], ['patchesStrategicMerge', index], change)),
    ];
}
/** A JSON6902 patch in a file of its own, which does not say what it patches. */
function spotsOfJsonPatch(value, change) {
    return spotsOfOperations(value, undefined, change);
}
function spotsOfText(entry, at, path, change) {
    const text = stringAt(entry, at);
    if (text === undefined || !text.includes(':'))
        return [];
    const host = [...path, ...at];
    const target = childOf(entry, 'target');
    return documentsInText(text).flatMap(({ document, value }) => spotsOfPatch(value, target, change).map((spot) => ({
        ...spot,
        path: [...host, ...spot.path],
        nested: { host, document, value, path: spot.path },
    })));
}
function spotsOfPatch(value, target, change) {
    if (isJsonPatch(value))
        return spotsOfOperations(value, target, change);
    const { kind = '', ...identity } = identityOf(target);
    return objectsOf(value, { apiVersion: ANY_VERSION, kind }).flatMap((object) => {
        const name = object.name === UNNAMED ? '' : object.name;
        const patched = { ...object, name, ...identity, ...(kind === '' ? {} : { kind }) };
        return spotsOf(patched, change).map((spot) => describe(spot, patched, [...object.at, ...spot.path]));
    });
}
function spotsOfOperations(patch, target, change) {
    const identity = { kind: '', name: '', ...identityOf(target) };
    const asked = KNOWN_KINDS.filter((kind) => kind === change.target.kind);
    const possible = asked.length > 0 ? asked : KNOWN_KINDS;
    const kinds = identity.kind === '' ? possible : [identity.kind];
    const seen = new Set();
    return patchedValues(patch).flatMap(({ path, pointer, object }) => kinds.flatMap((kind) => {
        const patched = { apiVersion: ANY_VERSION, ...identity, kind, at: [], value: object };
        return spotsOf(patched, change).flatMap((spot) => {
            const rest = spot.path.slice(pointer.length);
            const isPatched = pointer.every((step, at) => spot.path[at] === step);
            const key = JSON.stringify([path, rest]);
            if (!isPatched || seen.has(key))
                return [];
            seen.add(key);
            return [describe(spot, { ...patched, ...identity }, [...path, ...rest])];
        });
    }));
}
function describe(spot, { kind, name }, path) {
    return { ...spot, kind: kind === '' ? ANY_KIND : kind, name, path };
}
/** Whom a patch is for; kustomize takes the fields for regular expressions, of which only plain names tell an object. */
function identityOf(target) {
    const plain = (key) => {
        const text = stringAt(target, [key]);
        return text !== undefined && /^[\w.-]+$/.test(text) ? text : undefined;
    };
    const [kind, name] = [plain('kind'), plain('name')];
    return { ...(kind === undefined ? {} : { kind }), ...(name === undefined ? {} : { name }) };
}

;// CONCATENATED MODULE: ./packages/manifest/src/find/match.js




/** The places that a target means: of an object with several containers that of its server, if it has one. */
function narrow(found, target) {
    const { container, component = 'predictor' } = target;
    const own = found
        .filter(({ beside }) => beside === undefined)
        .filter(({ place }) => match_isOf(place, target) && (place.component === undefined || place.component === component));
    if (container !== undefined)
        return own.filter(({ place }) => place.container === undefined || place.container === container);
    const usual = own.filter(({ place }) => !place.isInit);
    const servers = usual.filter(({ place }) => isServer(place));
    return usual.filter(({ place }) => isServer(place) || !servers.some((server) => isSameObject(server.place, place)));
}
function match_isOf(place, { kind, name, namespace, mountPath, canary }) {
    return ((kind === undefined || place.kind === kind || place.kind === ANY_KIND) &&
        (name === undefined || place.name === '' || place.name === name) &&
        (namespace === undefined || place.namespace === undefined || place.namespace === namespace) &&
        // An image that is set together with it has no mount path.
        (mountPath === undefined || place.field !== 'storage-uri' || place.mountPath === mountPath) &&
        (canary === undefined || place.canary === canary));
}
/** Whether a container is what a target without one means; LLMInferenceServices call it `main`. */
function isServer({ kind, container }) {
    return container === (kind.startsWith('LLM') ? LLM_CONTAINER : SERVER_CONTAINER);
}
function isSameObject(one, other) {
    return (one.document === other.document &&
        one.kind === other.kind &&
        one.name === other.name &&
        one.namespace === other.namespace &&
        one.canary === other.canary &&
        one.container !== undefined &&
        other.container !== undefined);
}
/**
 * What commits call a target: `prod/churn predictor`. The usual is not said: that it is an InferenceService, and that it
 * is the container which the component is for. An Application has images and storage URIs at many places.
 */
function match_labelOf(place) {
    const { kind, namespace, name, component, canary, container, mountPath, path } = place;
    const object = namespace === undefined ? name : `${namespace}/${name}`;
    const parts = [
        kind === 'InferenceService' ? undefined : kind,
        object === '' ? formatPath(path) : object,
        component,
        canary,
        isServer(place) ? undefined : container,
        mountPath,
        kind.startsWith('Application') ? formatPath(path) : undefined,
    ];
    // A trailer ends without blanks, and is compared with this.
    return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

;// CONCATENATED MODULE: ./packages/manifest/src/find/places.js









/** Every place of a document where that which is to be set stands or could stand. */
function placesIn(document, change) {
    const { value } = document;
    if (isKustomization(document.path, value))
        return places_locate(document, change, spotsOfKustomization(value, change), { kind: 'Kustomization', name: '' });
    if (isJsonPatch(value))
        return places_locate(document, change, spotsOfJsonPatch(value, change), { kind: ANY_KIND, name: '' });
    if (mayBeValues(value, change))
        return places_locate(document, change, spotsOfValues(value, change), { kind: 'HelmValues', name: '' });
    return objectsOf(value).flatMap((object) => {
        const { kind, name, namespace } = object;
        const owner = namespace === undefined ? { kind, name } : { kind, name, namespace };
        return places_locate(document, change, spotsOf(object, change), owner, object.at);
    });
}
/** Helm values say neither kind nor name: who gives a name but no path means something else. */
function mayBeValues(value, { target }) {
    const isUntyped = childOf(value, 'kind') === undefined && childOf(value, 'apiVersion') === undefined;
    return tree_isRecord(value) && isUntyped && (target.name === undefined || target.path !== undefined);
}
function places_locate(document, { set: field }, spots, owner, at = []) {
    return spots.map(({ form, path, nested, beside, isInit = false, ...spot }) => {
        const place = { ...owner, ...spot, document: document.index, path: [...at, ...path], field, isInit };
        const found = { document, form, place, ...(beside === undefined ? {} : { beside }) };
        if (nested === undefined)
            return { ...found, value: valueAt(document.value, place.path) };
        const value = valueAt(nested.value, nested.path);
        return { ...found, value, nested: { ...nested, host: [...at, ...nested.host] } };
    });
}
/** The document in which a place is edited: that of the file, or one in a block of text there. */
function innermost({ document, place, nested }) {
    if (nested === undefined)
        return { inner: document, path: place.path };
    return { inner: documentIn(document, openBlock(document, nested.host), nested), path: nested.path };
}
/** 1-based; of what stands in other text than a literal block, where that text starts. */
function lineOfPlace({ document, place, nested }) {
    const node = nested && follow(document, nested.host).nodes.at(-1);
    const block = blockOf(document, node);
    if (nested === undefined || block === undefined)
        return lineOf(document, place.path);
    return lineOf(documentIn(document, block, nested), nested.path);
}
function documentIn(document, { text, firstLine }, nested) {
    const manifest = openManifest({ path: document.path, text }, firstLine);
    const [inner] = manifest.documents.slice(nested.document).map((one) => manifest.parse(one));
    return inner ?? document;
}

;// CONCATENATED MODULE: ./packages/manifest/src/find/described.js







/** @throws Failure MANIFEST_IS_TEMPLATE | MANIFEST_VALUE_TYPE */
function describeChange(found, change) {
    const { document, place, form, value } = found;
    const line = lineOfPlace(found);
    const on = `${document.path}:${line}`;
    if ([place.kind, place.name, place.namespace ?? ''].some(looksLikeTemplate))
        throw templateFailure(on);
    if (change.set === 'value')
        assertSameType(on, change.path, value, change.value);
    const path = formatPath(place.path);
    const before = sourceOf(found) ?? form.read(value);
    return { place, kind: place.kind, target: match_labelOf(place), line, path, before, after: String(change.value) };
}
/** A number as it is written: `01` is not the 1 that it means. */
function sourceOf({ document, place }) {
    const { nodes, missing } = follow(document, place.path);
    const node = nodes.at(-1);
    if (missing.length > 0 || !(0,dist/* isScalar */.jn)(node) || node.value === null)
        return undefined;
    return typeof node.value === 'string' ? undefined : node.source;
}

;// CONCATENATED MODULE: ./packages/manifest/src/find/unmatched.js




const SELECTORS = 'kind, name, namespace, component, canary, container, mount path, path';
/** @param others what else the file has of this kind */
function notFound(manifest, change, others) {
    const { set } = change;
    const list = others.length === 0 ? `nothing of a kind that is known with ${set}` : listPlaces(others);
    return new Failure({
        kind: 'not-found',
        code: 'MANIFEST_TARGET_NOT_FOUND',
        what: `Cannot find the ${set} to change`,
        on: manifest.file.path,
        seen: `wanted ${describeTarget(change)}; found ${list}`,
        next: nextAfter(manifest, change, others),
    });
}
function nextAfter(manifest, change, others) {
    if (isImagesOnly(manifest, change))
        return '`images:` of a kustomization changes neither storage URIs nor the image of a `model`: add a patch, or point at the file that has it';
    if (others.some(({ beside }) => beside !== undefined))
        return 'Correct the path; where the key is meant to be new, add it by hand once';
    return `Correct ${SELECTORS} or file; where no ${change.set} stands yet, add it by hand once`;
}
/** Whether somebody looks for a storage URI where kustomize keeps images. */
function isImagesOnly(manifest, { set }) {
    const isHere = ({ path, value }) => isKustomization(path, value) && childOf(value, 'images') !== undefined;
    return set === 'storage-uri' && manifest.documents.some((document) => isHere(manifest.parse(document)));
}
function ambiguous(manifest, change, matches) {
    const { set } = change;
    return new Failure({
        kind: 'config',
        code: 'MANIFEST_TARGET_AMBIGUOUS',
        what: `Cannot tell which ${set} to change`,
        on: manifest.file.path,
        seen: `wanted ${describeTarget(change)}; found ${listPlaces(matches)}`,
        next: `Narrow it down with ${SELECTORS}`,
    });
}
function listPlaces(places) {
    return places.map(describePlace).join('; ');
}
function describePlace(found) {
    const { document, place, beside } = found;
    const { kind, namespace, name, component, canary, container, path, mountPath } = place;
    const owner = namespace === undefined ? name : `${namespace}/${name}`;
    const words = [
        kind === 'InferenceService' ? '' : kind,
        owner,
        component,
        canary,
        container,
        formatPath(path),
        mountPath,
    ];
    const keys = beside && `(no such key; there ${beside.length === 1 ? 'is' : 'are'} ${listKeys(beside)})`;
    const said = [...words, keys].filter((word) => word !== undefined && word !== '');
    return `${document.path}:${lineOfPlace(found)} ${said.join(' ')}`;
}
function listKeys(keys) {
    const most = 20;
    return `${keys.slice(0, most).join(', ') || 'none'}${keys.length > most ? ', …' : ''}`;
}
function describeTarget({ target, ...setting }) {
    const { kind, name, namespace, component = 'predictor', canary, container, mountPath } = target;
    const path = 'path' in setting ? setting.path : target.path;
    const key = 'key' in setting ? setting.key : undefined;
    const parts = { kind, name, namespace, component, canary, container, 'mount path': mountPath, path, key };
    return Object.entries(parts)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => `${key} ${value}`)
        .join(', ');
}

;// CONCATENATED MODULE: ./packages/manifest/src/find/select.js




/**
 * The one place where the target's field stands. Documents that cannot hold it are not parsed.
 * @throws Failure MANIFEST_TARGET_NOT_FOUND | MANIFEST_TARGET_AMBIGUOUS, with every candidate's line
 */
function selectPlace(manifest, change) {
    const near = narrow(select_candidates(manifest, change, change.target.name), change.target);
    const matches = near.length > 0 ? near : narrow(select_candidates(manifest, change), change.target);
    const [match] = matches;
    if (match === undefined)
        throw notFound(manifest, change, select_candidates(manifest, change));
    if (matches.length > 1)
        throw ambiguous(manifest, change, matches);
    return match;
}
/** The places of all documents, or of those in which a name can stand. */
function select_candidates(manifest, change, name) {
    const isTemplate = looksLikeTemplate(manifest.file.text);
    return manifest.documents
        .filter(({ text }) => name === undefined || isTemplate || mayHold(text, name))
        .flatMap((document) => placesIn(manifest.parse(document), change));
}
/**
 * A name has no blanks, so it stands in the text as it is, and not in a longer one, unless quoted text spells it with
 * escapes.
 */
function mayHold(text, name) {
    if (name === '' || text.includes('\\'))
        return true;
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
        const around = text.charAt(at - 1) + text.charAt(at + name.length);
        if (!/[\w.-]/.test(around))
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./packages/manifest/src/targets/marker.js





/**
 * A change of the lines that a comment marks, `image: r/churn:v1 # {"$imagepolicy": "ns:name"}`, also with `:name`, `:tag`
 * or `:digest` behind the name (Flux: docs/spec/v1/imageupdateautomations.md). The file is not parsed: a Helm template has
 * such lines too.
 * @throws Failure MANIFEST_TARGET_NOT_FOUND | MANIFEST_TARGET_AMBIGUOUS | MANIFEST_IMAGE_PARTS | MANIFEST_IS_TEMPLATE
 */
function planMarked(file, change, policy) {
    const marked = findMarked(file.text, policy);
    const [first] = marked;
    if (first === undefined)
        throw marker_notFound(file, policy);
    assertClear(file, marked, change, policy);
    const splices = marked
        .map((one) => ({ ...one, text: restyle(one.text, partOf(file, one, change)) }))
        .filter(({ text }, index) => text !== marked[index]?.text)
        .reverse()
        .map(({ start, end, text, part }) => ({ start, end, text, path: [policy, part] }));
    return {
        place: { document: 0, path: [], field: change.set, kind: 'Marker', name: policy, isInit: false },
        kind: 'Marker',
        target: `Marker ${policy}`,
        line: first.line,
        path: `$imagepolicy ${policy}`,
        before: before(marked),
        after: String(change.value),
        isChanged: splices.length > 0,
        splices,
    };
}
const LINE = /("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?<![^\s"'#[\]{},])[^\s"'#[\]{},]+)[ \t]+#[ \t]*\{[ \t]*"\$imagepolicy":[ \t]*"([^"\n]+)"[ \t]*\}/g;
function findMarked(text, policy) {
    return [...text.matchAll(LINE)].flatMap(({ index, 1: value = '', 2: mark = '' }) => {
        const isKey = value.endsWith(':');
        const rest = mark.slice(policy.length);
        const part = mark.startsWith(policy) ? marker_PARTS.get(rest) : undefined;
        if (part === undefined || isKey)
            return [];
        const line = text.slice(0, index).split('\n').length;
        return [{ part, line, start: index, end: index + value.length, text: value }];
    });
}
const marker_PARTS = new Map([
    ['', 'whole'],
    [':name', 'name'],
    [':tag', 'tag'],
    [':digest', 'digest'],
]);
function partOf(file, { part, line, text }, change) {
    const on = `${file.path}:${line}`;
    if (looksLikeTemplate(text))
        throw templateFailure(on);
    if (part === 'whole')
        return String(change.value);
    const value = change.set === 'image' ? change.parts[part] : undefined;
    if (value === undefined)
        throw noPart(on, `it marks a ${part}, and "${change.value}" has none`);
    return value;
}
/**
 * Each part has one line at most, and all that the new image has is written somewhere; its name too, or nobody could tell
 * of which repository the old one was.
 */
function assertClear(file, marked, change, policy) {
    const parts = new Set(marked.map(({ part }) => part));
    const isMixed = parts.has('whole') && parts.size > 1;
    if (isMixed || parts.size < marked.length)
        throw marker_ambiguous(file, marked, policy);
    const wished = change.set === 'image' ? change.parts : {};
    const lost = ['tag', 'digest', 'name'].find((part) => wished[part] !== undefined && !parts.has(part));
    if (!parts.has('whole') && lost !== undefined)
        throw noPart(file.path, `"${change.value}" has a ${lost}, for which no line is marked`);
}
function before(marked) {
    const texts = new Map(marked.map(({ part, text }) => [part, marker_unquote(text)]));
    const whole = texts.get('whole');
    if (whole !== undefined)
        return whole;
    return formatParts({ name: texts.get('name') ?? '', tag: texts.get('tag'), digest: texts.get('digest') });
}
function restyle(old, value) {
    if (marker_unquote(old) === value && (old !== value || formatScalar(value, false) === value))
        return old;
    if (old.startsWith("'"))
        return `'${value.replaceAll("'", "''")}'`;
    return formatScalar(value, old.startsWith('"'));
}
function marker_unquote(text) {
    return /^["']/.test(text) ? text.slice(1, -1) : text;
}
function marker_notFound(file, policy) {
    return new Failure({
        kind: 'not-found',
        code: 'MANIFEST_TARGET_NOT_FOUND',
        what: 'Cannot find the marked value to change',
        on: file.path,
        seen: `no value is followed by # {"$imagepolicy": "${policy}"}`,
        next: 'Correct the policy, or mark the line',
    });
}
function marker_ambiguous(file, marked, policy) {
    const lines = marked.map(({ line }) => `${file.path}:${line}`).join(', ');
    return new Failure({
        kind: 'config',
        code: 'MANIFEST_TARGET_AMBIGUOUS',
        what: 'Cannot tell which marked value to change',
        on: file.path,
        seen: `${policy} marks ${lines}`,
        next: 'Give each line a policy of its own, or mark name, tag and digest one by one',
    });
}
function noPart(on, seen) {
    return refuse('MANIFEST_IMAGE_PARTS', on, seen, 'Mark a line for each part that the image has');
}

;// CONCATENATED MODULE: ./packages/manifest/src/plan.js









/**
 * Decides what to write where, one change after the other, and changes nothing. Every splice has been tried: the text
 * that it makes says what the text before it said, with the change and without any other.
 * @throws Failure for manifests that are refused (see `parseDocument`), for a target that is not exactly one place, for
 * a value that is shared by an alias or merge key, and for an edit that would show elsewhere too
 */
function planEdits(file, changes) {
    let manifest = openManifest(file);
    const values = [];
    for (const change of changes) {
        const planned = planChange(manifest, change);
        assertFirst(file, values, planned.value);
        manifest = planned.manifest;
        values.push(planned.value);
    }
    return { file, values };
}
function planChange(manifest, change) {
    const { file } = manifest;
    if (change.target.policy !== undefined) {
        const value = planMarked(file, change, change.target.policy);
        return { value, manifest: openManifest({ ...file, text: value.splices.reduce(spliced, file.text) }) };
    }
    const found = selectPlace(manifest, change);
    const described = describeChange(found, change);
    const edits = found.form.edits(found.value, change, `${file.path}:${described.line}`);
    const { splices, manifest: after } = planSplices(manifest, found, edits);
    return { value: { ...described, isChanged: splices.length > 0, splices }, manifest: after };
}
/** The splices of one change, and the manifest with them in it. */
function planSplices(before, found, edits) {
    let manifest = before;
    const splices = [];
    for (const { path, value } of edits) {
        const now = manifest.documents[found.document.index];
        const document = now === undefined ? found.document : manifest.parse(now);
        const planned = planEdit(manifest, { ...found, document }, { path, value });
        if (planned === undefined)
            continue;
        const { start, end, text } = planned.splice;
        const { start: offset } = document;
        const at = [...found.place.path, ...path];
        splices.push({ start: offset + start, end: offset + end, text, path: at });
        manifest = planned.manifest;
    }
    return { manifest, splices };
}
/** One splice into the document of a place, tried; in a manifest inside of it on both levels. */
function planEdit(manifest, found, { path, value }) {
    const { document, nested } = found;
    const { inner, path: place } = innermost(found);
    const edit = { path: [...place, ...path], value };
    const splice = planSplice(inner, edit);
    if (splice === undefined)
        return undefined;
    if (nested === undefined)
        return { manifest: spliceVerified(manifest, document, edit, splice), splice };
    const block = openBlock(document, nested.host);
    const { start } = inner;
    const within = { ...splice, start: start + splice.start, end: start + splice.end };
    const after = spliceVerified(openManifest({ path: document.path, text: block.text }), inner, edit, splice);
    const outer = block.toOuter(within);
    const text = { path: nested.host, value: after.file.text + block.lineEnds };
    return { manifest: spliceVerified(manifest, document, text, outer), splice: outer };
}
function assertFirst(file, values, value) {
    if (!values.some((other) => isAtOnePlace(value, other)))
        return;
    throw new Failure({
        kind: 'config',
        code: 'MANIFEST_CHANGED_TWICE',
        what: 'Cannot make two changes at one place',
        on: `${file.path}:${value.line}`,
        seen: `${value.path} is the target of more than one change`,
        next: 'Give each change its own target',
    });
}
/** Also where one writes a part of what the other does: a variable that the first has made is there for the second. */
function isAtOnePlace(one, other) {
    if (one.place.document !== other.place.document)
        return false;
    const isWithin = (path, outer) => outer.every((step, at) => path[at] === step);
    const areSplicesWithin = one.splices.some(({ path: a }) => other.splices.some(({ path: b }) => isWithin(a, b) || isWithin(b, a)));
    return one.path === other.path || areSplicesWithin;
}

;// CONCATENATED MODULE: ./packages/manifest/src/apply.js

/** The text with the planned values in it, every other byte as it was. */
function applyPlan({ file, values }) {
    return values.flatMap(({ splices }) => splices).reduce(spliced, file.text);
}

;// CONCATENATED MODULE: ./packages/gitops/src/trailers/reference.js


/** What of a long message is worth carrying along. */
const LONGEST_BODY = 2_000;
/**
 * The commit that Argo CD shows beside the revision that deploys it (docs/user-guide/source-hydrator.md, Argo CD >= 3.1):
 * the body as a JSON string, everything on one line. `Fixes #12`, `@ann` and `[skip ci]` speak of the product: in a message of
 * the GitOps repository GitHub would close its issue 12, call Ann, and run no checks.
 */
function referenceTrailers({ sha, repositoryUrl, author, message = '', date = '', }) {
    const [subject = '', ...rest] = message.replaceAll('\r\n', '\n').trim().split('\n');
    const body = rest.join('\n').trim();
    return [
        [TRAILER.referenceAuthor, quietText(author)],
        [TRAILER.referenceSha, sha],
        [TRAILER.referenceSubject, quietText(subject)],
        [TRAILER.referenceBody, body === '' ? '' : quietJson(JSON.stringify(shortened(body)))],
        [TRAILER.referenceRepository, repositoryUrl],
        [TRAILER.referenceDate, date],
    ];
}
/** By whole characters: half a surrogate pair is no text. */
function shortened(body) {
    return body.length <= LONGEST_BODY ? body : `${[...body].slice(0, LONGEST_BODY).join('')}…`;
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/bump-message.js





/**
 * The message of a bump or rollback: what changed, for people, and everything that machines look for later.
 */
function formatBumpMessage(order, values) {
    const { run, reference } = order;
    return formatMessage(order.message ?? bump_message_describeChange(order, values), [
        ...referenceTrailers({ ...run, ...reference, author: reference?.author ?? run.actor }),
        ...order.trailers,
        ...targetTrailers(values),
        [TRAILER.rollbackOf, order.rollbackOf],
        [TRAILER.runId, run.runId],
        [TRAILER.runUrl, run.url],
        [TRAILER.changeId, order.changeId],
    ]);
}
/** Each target with the values of its own behind it. */
function targetTrailers(values) {
    return [...Map.groupBy(values, targetLabel)].flatMap(([target, own]) => [
        [TRAILER.target, target],
        ...own.flatMap((value) => formatRecord(recordOf(value))),
    ]);
}
function bump_message_describeChange({ rollbackOf }, values) {
    const name = values[0]?.place.name ?? '';
    const changed = values.filter(({ isChanged }) => isChanged);
    const fields = changed.map(({ place }) => place.field).join(' and ');
    const verb = rollbackOf === undefined ? 'Deploy' : 'Roll back';
    const lines = changed.map(({ path, before, after }) => `${path}\n- ${quietText(before)}\n+ ${quietText(after)}`);
    return `${verb} ${name}: ${fields}\n\n${lines.join('\n\n')}`;
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/diff.js
const CONTEXT = 3;
/** How far apart the two texts are looked for to meet again; an edit of a value changes few lines. */
const diff_REACH = 200;
/** The change of one file as `diff -u` writes it; '' where nothing changed. Lines keep their carriage returns;
 * whether the last one ends with a new line is not shown. */
function formatDiff(path, before, after) {
    const [old, now] = [diff_linesOf(before), diff_linesOf(after)];
    const hunks = joinNeighbours(changedRegions(old, now)).map((regions) => formatHunk(regions, old, now));
    return hunks.length === 0 ? '' : [`--- a/${path}`, `+++ b/${path}`, ...hunks].join('\n');
}
function diff_linesOf(text) {
    return text.replace(/\n$/, '').split('\n');
}
function changedRegions(old, now) {
    const regions = [];
    let [at, to] = [0, 0];
    while (at < old.length || to < now.length) {
        if (at < old.length && to < now.length && old[at] === now[to]) {
            at += 1;
            to += 1;
            continue;
        }
        const [skipOld, skipNew] = meetAgain(old, now, at, to);
        regions.push({ oldStart: at, oldEnd: at + skipOld, newStart: to, newEnd: to + skipNew });
        at += skipOld;
        to += skipNew;
    }
    return regions;
}
/** The fewest lines to leave out on both sides so that the next ones are equal. */
function meetAgain(old, now, at, to) {
    for (let distance = 1; distance <= diff_REACH; distance += 1) {
        for (let skipOld = Math.min(distance, old.length - at); skipOld >= 0; skipOld -= 1) {
            const skipNew = distance - skipOld;
            if (to + skipNew < now.length && at + skipOld < old.length && old[at + skipOld] === now[to + skipNew])
                return [skipOld, skipNew];
        }
    }
    return [old.length - at, now.length - to];
}
/** Regions whose context would overlap stand in one hunk. */
function joinNeighbours(regions) {
    const hunks = [];
    for (const region of regions) {
        const last = hunks.at(-1);
        const gap = region.oldStart - (last?.at(-1)?.oldEnd ?? Number.NEGATIVE_INFINITY);
        if (last !== undefined && gap <= 2 * CONTEXT)
            last.push(region);
        else
            hunks.push([region]);
    }
    return hunks;
}
function formatHunk(regions, old, now) {
    const first = regions[0]?.oldStart ?? 0;
    const shift = (regions[0]?.newStart ?? 0) - first;
    const start = Math.max(0, first - CONTEXT);
    const end = Math.min(old.length, (regions.at(-1)?.oldEnd ?? 0) + CONTEXT);
    const lines = [];
    let at = start;
    for (const { oldStart, oldEnd, newStart, newEnd } of regions) {
        lines.push(...old.slice(at, oldStart).map((line) => ` ${line}`));
        lines.push(...old.slice(oldStart, oldEnd).map((line) => `-${line}`));
        lines.push(...now.slice(newStart, newEnd).map((line) => `+${line}`));
        at = oldEnd;
    }
    lines.push(...old.slice(at, end).map((line) => ` ${line}`));
    const removed = lines.filter((line) => !line.startsWith('+')).length;
    const added = lines.filter((line) => !line.startsWith('-')).length;
    return [`@@ -${start + 1},${removed} +${start + 1 + shift},${added} @@`, ...lines].join('\n');
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/change-set.js






/**
 * Finds the place of each change in the files of the branch. Pure.
 * @throws Failure of `manifest`
 */
function planChangeSet(state, wanted) {
    const paths = [...new Set(wanted.map(({ file }) => file))];
    const files = paths.map((path) => {
        const manifest = manifestOf(state, path);
        const own = wanted.filter(({ file }) => file === path);
        return {
            own,
            manifest,
            plan: planEdits(manifest, own.map((wish) => changeOf(meantBy(manifest, wish)))),
        };
    });
    const values = files.flatMap(({ own, plan }) => own.flatMap((wish, at) => {
        const value = plan.values[at];
        return value === undefined ? [] : [inFile(value, wish, wanted.indexOf(wish))];
    }));
    return { files, values: values.sort((one, other) => one.index - other.index) };
}
/** A block scalar brings its line end along, which is no part of an image or a URI. */
function inFile(value, wish, index) {
    return { ...value, file: wish.file, wish, index, before: value.before.trim() };
}
function changesAnything({ values }) {
    return values.some(({ isChanged }) => isChanged);
}
/** The planned edits as a commit to be, and as `diff -u` shows them. */
function draftOf(set, order, state) {
    const edited = set.files
        .map(({ manifest, plan }) => ({ manifest, text: applyPlan(plan) }))
        .filter(({ manifest, text }) => text !== manifest.text);
    return {
        draft: {
            files: edited.map(({ manifest: { path }, text }) => {
                const mode = state.files.find((file) => file.path === path)?.mode ?? '100644';
                return { path, mode, bytes: Buffer.from(text) };
            }),
            message: formatBumpMessage(order, set.values),
        },
        diff: edited.map(({ manifest, text }) => formatDiff(manifest.path, manifest.text, text)).join('\n'),
    };
}
function manifestOf({ files }, path) {
    const file = files.find((candidate) => candidate.path === path);
    if (file === undefined)
        throw missingFile('the branch', path);
    return decodeManifest(path, file.bytes);
}
/** A value takes the type of what stands in its place. */
function meantBy(manifest, wish) {
    if (wish.set !== 'value' || wish.orElse === undefined)
        return wish;
    try {
        planEdits(manifest, [changeOf(wish)]);
        return wish;
    }
    catch (thrown) {
        if (!(thrown instanceof Failure) || thrown.code !== 'MANIFEST_VALUE_TYPE')
            throw thrown;
        return { ...wish, value: wish.orElse };
    }
}
function changeOf({ file: _, ...change }) {
    if (change.set === 'value')
        return { set: change.set, path: change.path, value: change.value, target: change.target };
    if (change.set !== 'image')
        return change;
    const { tag, digest, ...name } = parseImageReference(change.value);
    return { ...change, parts: { name: formatImageReference(name), tag, digest } };
}
/** The value as planned, with what stood there before it. */
function withBefore({ file, target, place, path, line, after }, before) {
    return { file, target, name: place.name, field: place.field, path, line, before, after };
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/freeze.js

/** With its zone: without one a time means another moment to every reader. */
const MOMENT = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/;
/**
 * While the file is on the branch nothing is deployed; with a line `until: 2026-12-01T08:00Z` only to that moment, a date
 * alone being its first one (UTC). Everything else in it is the reason, for people. It is read from the very commit that
 * a change would be made on, so a freeze that comes first always counts.
 * @throws Failure GITOPS_FROZEN
 */
function assertNotFrozen({ file, now }, { files }) {
    const found = files.find(({ path }) => path === file);
    if (found === undefined)
        return;
    const lines = found.bytes.toString('utf8').split(/\r\n|\r|\n/);
    const { until, end } = endOf(lines.flatMap((line) => /^\s*until\s*:(.*)$/i.exec(line)?.[1]?.trim() ?? []));
    if (end <= now)
        return;
    const reason = lines
        .filter((line) => !/^\s*until\s*:/i.test(line))
        .join(' ')
        .trim();
    throw frozen(file, { reason, until, isMoment: !Number.isNaN(end) });
}
/** Of several moments the last one counts; where one is not to be read there is no end. */
function endOf(untils) {
    const moments = untils.map((until) => ({ until, end: MOMENT.test(until) ? Date.parse(until) : Number.NaN }));
    const unreadable = moments.find(({ end }) => Number.isNaN(end));
    const [last = { until: undefined, end: Number.NaN }] = moments.toSorted((one, other) => other.end - one.end);
    return unreadable ?? last;
}
function frozen(file, { reason, until, isMoment }) {
    const end = until === undefined
        ? ''
        : isMoment
            ? ` until ${until}`
            : `, and its until "${until}" is no moment with a zone`;
    return new Failure({
        kind: 'policy',
        code: 'GITOPS_FROZEN',
        what: 'Refusing to deploy in a freeze',
        on: file,
        seen: `deployments are stopped${end}${reason === '' ? '' : `: ${reason.slice(0, 500)}`}`,
        next: 'Run again when it is over, or take the file off the branch; a rollback goes through',
        retryable: isMoment,
    });
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/bump.js





/**
 * Sets the wished values at the head of the branch, or finds them there. Pure, and made anew for every head: what has to be
 * known from elsewhere is asked for.
 * @throws Failure of `manifest`, and of the rules in bump-rules.ts
 */
function decideBump(request, state, first) {
    const { changes, order } = request;
    const set = planChangeSet(state, changes);
    const deployments = deploymentsIn(state.history);
    const isUnknown = state.hasOlder === true && !areKnown(set, deployments);
    if (!changesAnything(set))
        return isUnknown ? 'look-further-back' : { result: alreadyThere(set, deployments, order) };
    // First of the rules: who proposes by an older run has to learn that, whatever else stands against it.
    const age = request.allowDowngrade ? 'not-newer' : judgeAge(request, set, deployments, isUnknown);
    if (age !== 'not-newer')
        return age;
    if (request.freeze !== undefined)
        assertNotFrozen(request.freeze, state);
    assertAllowedRegistries(set.values, request.allowedRegistries);
    if (!request.allowRepositoryChange)
        assertSameRepositories(set.values);
    if (first !== undefined && request.onConflict !== 'overwrite')
        assertNoConflict(set.values, first.values);
    return commitSet(set, order, state);
}
/** Whether what stands is older than what is wished; or what it takes to know, or becomes of it. */
function judgeAge({ order: { run }, ancestry, onConflict }, set, deployments, isUnknown) {
    if (isUnknown)
        return 'look-further-back';
    const newer = findNewer(set.values, deployments, run, ancestry);
    if (newer !== undefined && onConflict === 'skip-if-newer')
        return { result: superseded(set) };
    if (newer !== undefined)
        throw newer;
    const lessons = ancestry === undefined ? [] : uncompared(set.values, deployments, run, ancestry);
    return lessons.length === 0 ? 'not-newer' : { learn: async () => ancestry?.learn(lessons) };
}
/** Whether the history tells who set each value last, or at least one like it. */
function areKnown({ values }, deployments) {
    return values.every((value) => ofTarget(deployments, value).length > 0);
}
function alreadyThere({ values }, deployments, { run }) {
    const found = values.map((value) => ({ value, log: ofTarget(deployments, value) }));
    return {
        outcome: 'already-there',
        values: found.map(({ value, log }) => withBefore(value, valueBefore(log, value))),
        fromThisRun: found.every(({ value, log }) => isWrittenBy(lastWriter(log, value), run)),
        files: [],
        diff: '',
    };
}
/** Somebody else's values stand, and stay. */
function superseded({ values }) {
    const standing = values.map((value) => withBefore(value, value.before));
    return { outcome: 'superseded', values: standing, fromThisRun: false, files: [], diff: '' };
}
/** The set as a commit to be, of this run. */
function commitSet(set, order, state) {
    const { draft, diff } = draftOf(set, order, state);
    const values = set.values.map((value) => withBefore(value, value.before));
    const files = draft.files.map(({ path }) => path);
    return { draft, result: { outcome: 'changed', values, fromThisRun: true, files, diff } };
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/undo-commit.js




/**
 * What a commit of ours wrote and what it replaced, from its trailers. Its targets are those of the commit, narrowed by
 * what the request says of them; all of them are taken back, or none.
 * @throws Failure GITOPS_NO_PREVIOUS_VALUE, or GITOPS_OTHER_TARGET when the commit touched other files
 */
function undosOfCommit({ files, target, order: { rollbackOf = '' } }, history) {
    const commit = history.find(({ oid }) => oid === rollbackOf);
    const deployments = deploymentsIn(commit === undefined ? [] : [commit]);
    const undos = deployments.flatMap((deployment) => {
        const file = files.find((path) => deployment.target.startsWith(`${path} `));
        if (file === undefined)
            throw otherTarget(files.join(', '), rollbackOf, deployment.target);
        return undosOfTarget(deployment, file, target);
    });
    if (undos.length > 0)
        return undos;
    const on = rollbackOf === '' ? 'this target' : `commit ${rollbackOf}`;
    if (commit === undefined)
        throw noPrevious(on, 'it is not on the branch', ELSEWHERE);
    throw noPrevious(on, deployments.length > 0 ? 'it replaced no earlier value' : NOT_OURS);
}
/** What was never on the branch needs no way back. */
const ELSEWHERE = 'If it never came onto the branch there is nothing to take back; else correct `rollback-of` (for a pull request that was squashed or rebased it is the `merge-commit-sha`), or give the bad values and the previous ones';
const NOT_OURS = 'its message has no trailers of this action, which say what it replaced';
function noPrevious(on, seen, next = 'Give `previous-image` or `previous-storage-uri`; a first deployment has nothing to go back to') {
    return new Failure({
        kind: 'config',
        code: 'GITOPS_NO_PREVIOUS_VALUE',
        what: 'Cannot roll back',
        on,
        seen,
        next,
    });
}
function undosOfTarget({ commit, target: label, values }, file, given) {
    const named = undo_commit_parseTarget(label.slice(file.length + 1));
    return values.flatMap((value) => {
        const { at, now: bad, previous } = value;
        if (bad === previous)
            return [];
        if (previous !== '')
            return [{ ...wishFor(value), bad, file, target: { ...(at ?? named), ...givenOf(given) }, label }];
        // Nobody serves an annotation: one that is new may stay, and so keep no version from coming back.
        if (value.set === 'annotation')
            return [];
        throw noPrevious(`commit ${commit}`, `it replaced no earlier ${value.key ?? value.set} of ${label}`);
    });
}
/** The wish for what a value was before. */
function wishFor({ set, key = '', previous: value }) {
    if (set === 'value')
        return { set, path: key, ...parseFreeValue(value) };
    return set === 'annotation' || set === 'env' ? { set, key, value } : { set, value };
}
/** `prod/churn predictor features`; a part that is not said there is left to the manifest. */
function undo_commit_parseTarget(text) {
    const [owner = '', ...rest] = text.split(' ');
    const [, namespace, name = owner] = /^([^/]+)\/(.*)$/.exec(owner) ?? [];
    const component = COMPONENTS.find((known) => known === rest[0]);
    const container = component === undefined ? rest[0] : rest[1];
    return {
        ...(name === '' ? {} : { name }),
        ...(namespace === undefined ? {} : { namespace }),
        ...(component === undefined ? {} : { component }),
        ...(container === undefined ? {} : { container }),
    };
}
function givenOf(target) {
    return Object.fromEntries(Object.entries(target).filter(([, part]) => part !== undefined));
}
/** What was found by the request has to be what the commit names. */
function assertOfCommit(value, undo, { rollbackOf = '' }) {
    const label = targetLabel(value);
    if (undo?.label !== undefined && undo.label !== label)
        throw otherTarget(label, rollbackOf, undo.label);
}
function otherTarget(on, commit, named) {
    return new Failure({
        kind: 'config',
        code: 'GITOPS_OTHER_TARGET',
        what: 'Cannot roll back',
        on,
        seen: `commit ${commit} is about ${named}`,
        next: 'Correct `rollback-of`, or `file`, `name`, `namespace`, `component` and `container`',
    });
}

;// CONCATENATED MODULE: ./packages/gitops/src/decide/rollback.js




/**
 * Writes the previous values back, by the same engine and the same way onto the branch as a bump, but only
 * while the bad ones stand: where anybody has moved on since, all of it is left alone.
 * @throws Failure GITOPS_NO_PREVIOUS_VALUE when nothing says what was good, GITOPS_OTHER_TARGET when the commit to take
 * back was about something else
 */
function decideRollback(request, state) {
    const { order } = request;
    const { history, hasOlder = false } = state;
    const isNamed = request.undos.length === 0;
    if (isNamed && hasOlder && !history.some(({ oid }) => oid === order.rollbackOf))
        return 'look-further-back';
    const undos = undosOf(request, state);
    const set = planChangeSet(state, undos);
    for (const value of set.values)
        assertOfCommit(value, undos[value.index], order);
    if (set.values.some((value) => isMovedOn(value, undos[value.index])))
        return { result: superseded(set) };
    if (changesAnything(set))
        return commitSet(set, order, state);
    const undone = set.values.map((value) => withBefore(value, undos[value.index]?.bad));
    const deployments = deploymentsIn(history);
    if (hasOlder && !areKnown(set, deployments))
        return 'look-further-back';
    const fromThisRun = set.values.every((value) => isWrittenBy(lastWriter(ofTarget(deployments, value), value), order.run));
    return { result: { outcome: 'already-there', values: undone, fromThisRun, files: [], diff: '' } };
}
function undosOf(request, { history }) {
    const { undos, files, target } = request;
    if (undos.length === 0)
        return undosOfCommit(request, history);
    return files.flatMap((file) => undos.map((undo) => ({ ...undo, file, target })));
}
function isMovedOn({ before }, undo) {
    return before !== undo?.bad && before !== String(undo?.value);
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/plan.js



/** What is to be decided at each head of the branch, from the inputs alone. */
function planLanding(inputs, world, reference = {}, ancestry) {
    const order = { ...orderOf(inputs, world), reference };
    const { changeId } = order;
    if (inputs.mode === 'rollback') {
        const request = { files: inputs.file, target: targetOf(inputs), order, undos: plan_undosOf(inputs) };
        return { paths: inputs.file, changeId, decide: (state) => decideRollback(request, state) };
    }
    const { onConflict, allowRepositoryChange, allowDowngrade, allowedRegistries } = inputs;
    const rules = { onConflict, allowRepositoryChange, allowDowngrade, allowedRegistries };
    const changes = changesOf(inputs);
    const request = { changes, order, ancestry, ...rules };
    const files = changes.map(({ file }) => file);
    const { freezeFile } = inputs;
    if (freezeFile === undefined)
        return { paths: plan_unique(files), changeId, decide: (state, first) => decideBump(request, state, first) };
    const freeze = () => ({ file: freezeFile, now: world.now() });
    return {
        paths: plan_unique([...files, freezeFile]),
        mayBeMissing: true,
        changeId,
        decide: (state, first) => decideBump({ ...request, freeze: freeze() }, state, first),
    };
}
function plan_unique(paths) {
    return [...new Set(paths)];
}
/** The inputs are one entry, and `changes` has more of them. */
function changesOf(inputs) {
    const own = wantedOf(inputs.file, targetOf(inputs), inputs);
    return [own, ...(inputs.changes ?? [])].flatMap(({ files, target, wishes }) => (files.length === 0 ? inputs.file : files).flatMap((file) => wishes.map((wish) => ({ ...wish, file, target }))));
}
function plan_undosOf({ image, previousImage, storageUri, previousStorageUri }) {
    return [undoOf('image', image, previousImage), undoOf('storage-uri', storageUri, previousStorageUri)].flat();
}
function undoOf(set, bad, good) {
    return bad === undefined || good === undefined ? [] : [{ set, bad, value: good }];
}
function orderOf({ commitMessage, rollbackOf, ...inputs }, { context, random }) {
    const { runId, runUrl, sha, actor, serverUrl, repository } = context;
    return {
        changeId: Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join(''),
        run: {
            repositoryUrl: repository === '' ? '' : `${serverUrl}/${repository}`,
            runId,
            url: runUrl,
            sha,
            actor: actor === '' ? '' : `${actor} <${actor}@users.noreply.github.com>`,
        },
        trailers: new Map([...provenanceTrailers(inputs), ...(inputs.trailers ?? [])]),
        message: commitMessage,
        rollbackOf,
    };
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/assert-mergeable.js

/**
 * What the workflow's own token pushes or proposes starts no workflow (GitHub documentation, "Triggering a workflow from a
 * workflow"), so a check that the base asks for never comes: that is warned of.
 * @throws Failure GITOPS_NO_CHECKS where somebody waits for a merge that needs one
 */
function assertMergeable({ log }, { label, proposals: { viewer, requiredChecks } }, { waitsForMerge }) {
    if (!/^github-actions(?:\[bot\])?$/.test(viewer))
        return;
    const next = 'Give the token of a GitHub App, whose pull requests get checks';
    if (waitsForMerge && requiredChecks.length > 0)
        throw new Failure({
            kind: 'config',
            code: 'GITOPS_NO_CHECKS',
            what: 'Refusing to wait for a merge that cannot come',
            on: label,
            seen: `the base asks for ${requiredChecks.join(', ')}, and pull requests of the workflow's own token get no checks`,
            next,
        });
    log.warn(`${label}: pull requests of the workflow's own token get no checks. ${next}.`);
}

;// CONCATENATED MODULE: ./packages/github/src/pull-request.wire.js

const pull_request_wire_STATES = ['OPEN', 'CLOSED', 'MERGED'];
const MERGE_STATES = [
    'CLEAN',
    'HAS_HOOKS',
    'UNSTABLE',
    'BLOCKED',
    'BEHIND',
    'DIRTY',
    'DRAFT',
    'UNKNOWN',
];
/** `data` of readProposals. */
function parseProposals(data) {
    const repository = field(data, 'repository');
    const base = field(repository, 'baseRef');
    const head = field(repository, 'headRef');
    return {
        repositoryId: json_wire_text(repository, 'id'),
        viewer: json_wire_text(field(data, 'viewer'), 'login'),
        head: head === null ? undefined : json_wire_text(field(head, 'target'), 'oid'),
        requiredChecks: base === null ? [] : requiredChecks(base),
        pullRequests: nodes(repository, 'pullRequests').map((pull) => pullRequest(pull)),
        closed: closedOf(nodes(repository, 'closed').findLast((pull) => !json_wire_boolean(pull, 'isCrossRepository'))),
    };
}
/** Nobody is known to have closed it where the account is gone by now. */
function closedOf(pull) {
    if (pull === undefined)
        return undefined;
    const [event] = nodes(pull, 'timelineItems');
    const actor = event === undefined ? null : field(event, 'actor');
    const closedBy = actor === null ? '' : json_wire_text(actor, 'login');
    return {
        url: json_wire_text(pull, 'url'),
        head: json_wire_text(pull, 'headRefOid'),
        closedBy: closedBy.replace(/\[bot\]$/, ''),
        body: json_wire_text(pull, 'body'),
    };
}
/** Classic protection says it in one list, rule sets each in parameters of their own. */
function requiredChecks(base) {
    const rule = field(base, 'refUpdateRule');
    const classic = rule === null ? [] : (field(rule, 'requiredStatusCheckContexts') ?? []);
    const ruled = nodes(base, 'rules').flatMap((node) => {
        const parameters = field(node, 'parameters');
        const isOther = typeof parameters !== 'object' || parameters === null;
        return isOther || !('requiredStatusChecks' in parameters) ? [] : parameters.requiredStatusChecks;
    });
    if (!Array.isArray(classic))
        throw unexpected('requiredStatusCheckContexts', classic);
    return [
        ...classic.filter((context) => typeof context === 'string'),
        ...ruled.map((check) => json_wire_text(check, 'context')),
    ];
}
/** `data` of readPullRequest. */
function parsePullRequest(data) {
    const pull = field(field(data, 'repository'), 'pullRequest');
    return { ...pullRequest(pull), checks: nodes(pull, 'lastCommit').flatMap(checksOf) };
}
/** `data` of the mutations that return a pull request. */
function parseMutated(data, mutation) {
    return { mergeCommit: oidOf(field(field(data, mutation), 'pullRequest'), 'mergeCommit') };
}
/** `data` of createPullRequest. */
function parseCreated(data) {
    return json_wire_number(field(field(data, 'createPullRequest'), 'pullRequest'), 'number');
}
/** `data` of listCommitsAhead. */
function parseCommitsAhead(data) {
    const comparison = field(field(field(data, 'repository'), 'ref'), 'compare');
    return {
        total: json_wire_number(field(comparison, 'commits'), 'totalCount'),
        commits: nodes(comparison, 'commits').map((node) => ({
            oid: json_wire_text(node, 'oid'),
            message: json_wire_text(node, 'message'),
            parents: nodes(node, 'parents').map((parent) => json_wire_text(parent, 'oid')),
        })),
    };
}
/** The body of listReviewRequests. */
function parseReviewRequests(body) {
    if (!Array.isArray(body))
        throw unexpected('timeline', body);
    const asked = body.filter((event) => pull_request_wire_partOf(event, 'event') === 'review_requested');
    return {
        reviewers: textsOf(asked, 'requested_reviewer', 'login'),
        teams: textsOf(asked, 'requested_team', 'slug'),
    };
}
/** An event is about a user or about a team. */
function textsOf(events, who, key) {
    return events.flatMap((event) => {
        const found = pull_request_wire_partOf(event, who);
        return found === null ? [] : [json_wire_text(found, key)];
    });
}
/** What only some events have; null where it is not there. */
function pull_request_wire_partOf(event, key) {
    return typeof event === 'object' && event !== null && Object.hasOwn(event, key) ? field(event, key) : null;
}
function pullRequest(pull) {
    return {
        id: json_wire_text(pull, 'id'),
        number: json_wire_number(pull, 'number'),
        url: json_wire_text(pull, 'url'),
        title: json_wire_text(pull, 'title'),
        body: json_wire_text(pull, 'body'),
        state: word(pull, 'state', pull_request_wire_STATES),
        isFromFork: json_wire_boolean(pull, 'isCrossRepository'),
        head: json_wire_text(pull, 'headRefOid'),
        commits: nodes(pull, 'commits').map((node) => json_wire_text(field(node, 'commit'), 'oid')),
        mergeState: word(pull, 'mergeStateStatus', MERGE_STATES),
        mergeCommit: oidOf(pull, 'mergeCommit'),
        isAutoMerging: field(pull, 'autoMergeRequest') !== null,
        hasQueue: json_wire_boolean(pull, 'isMergeQueueEnabled'),
        isQueued: json_wire_boolean(pull, 'isInMergeQueue'),
        labels: nodes(pull, 'labels').map((label) => json_wire_text(label, 'name')),
        checks: [],
    };
}
function oidOf(value, key) {
    const commit = field(value, key);
    return commit === null ? undefined : json_wire_text(commit, 'oid');
}
function checksOf(node) {
    const rollup = field(field(node, 'commit'), 'statusCheckRollup');
    return rollup === null ? [] : nodes(rollup, 'contexts').map(checkOf);
}
const PASSED = new Set(['SUCCESS', 'NEUTRAL', 'SKIPPED']);
const PENDING = new Set(['PENDING', 'EXPECTED']);
/** A check run that has not ended has no conclusion; a status has only its state. */
function checkOf(check) {
    const isRun = json_wire_text(check, '__typename') === 'CheckRun';
    const result = field(check, isRun ? 'conclusion' : 'state');
    const isPending = result === null || PENDING.has(String(result));
    return {
        name: json_wire_text(check, isRun ? 'name' : 'context'),
        isRequired: json_wire_boolean(check, 'isRequired'),
        outcome: isPending ? 'pending' : PASSED.has(String(result)) ? 'passed' : 'failed',
    };
}

;// CONCATENATED MODULE: ./packages/github/src/pull-request.js

const FIELDS = `id number url title body state isCrossRepository headRefOid mergeStateStatus mergeCommit { oid }
  autoMergeRequest { mergeMethod } isMergeQueueEnabled isInMergeQueue labels(first: 100) { nodes { name } }
  commits(last: 50) { nodes { commit { oid } } }`;
const CHECKS = `lastCommit: commits(last: 1) { nodes { commit { statusCheckRollup { contexts(first: 100) { nodes {
  __typename ... on CheckRun { name status conclusion isRequired(pullRequestNumber: $number) }
  ... on StatusContext { context state isRequired(pullRequestNumber: $number) } } } } } } }`;
/** @throws Failure GH_NOT_FOUND for the repository or its base branch */
async function readProposals(github, { owner, name }, { base, head }) {
    const query = `query($owner: String!, $name: String!, $base: String!, $head: String!, $baseRef: String!, $headRef: String!) {
    viewer { login } repository(owner: $owner, name: $name) { id
      headRef: ref(qualifiedName: $headRef) { target { oid } }
      baseRef: ref(qualifiedName: $baseRef) { refUpdateRule { requiredStatusCheckContexts }
        rules(first: 100) { nodes { parameters {
          ... on RequiredStatusChecksParameters { requiredStatusChecks { context } } } } } }
      pullRequests(headRefName: $head, baseRefName: $base, states: OPEN, first: 50) { nodes { ${FIELDS} } }
      closed: pullRequests(headRefName: $head, baseRefName: $base, states: CLOSED, last: 50) { nodes { url headRefOid body
        isCrossRepository timelineItems(itemTypes: CLOSED_EVENT, last: 1) { nodes { ... on ClosedEvent { actor { login } } } } } } } }`;
    const purpose = { what: 'Cannot look for the pull request', on: `${owner}/${name} ${head}` };
    const refs = { baseRef: `refs/heads/${base}`, headRef: `refs/heads/${head}` };
    return parseProposals(await github.graphql(purpose, query, { owner, name, base, head, ...refs }));
}
/** One pull request with its checks. @throws Failure */
async function readPullRequest(github, { owner, name }, number) {
    const query = `query($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) { pullRequest(number: $number) { ${FIELDS} ${CHECKS} } } }`;
    const purpose = { what: 'Cannot look at the pull request', on: `${owner}/${name}#${number}` };
    return parsePullRequest(await github.graphql(purpose, query, { owner, name, number }));
}
/**
 * By this step, by people, or by GitHub for the code owners. From the timeline, since a request is gone from the pull request
 * once there is a review, and since GraphQL shows teams to few tokens. Its first hundred events: who is asked is asked when it is opened.
 * @throws Failure
 */
async function listReviewRequests(github, { owner, name }, number) {
    const purpose = { what: 'Cannot see who is asked for a review', on: `${owner}/${name}#${number}` };
    const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline';
    const parameters = { owner, repo: name, issue_number: number, per_page: 100 };
    return parseReviewRequests(await github.rest(purpose, route, parameters));
}
/** The newest hundred of them, and how many there are. @throws Failure where either branch is not there */
async function listCommitsAhead(github, { owner, name }, { base, head }) {
    const query = `query($owner: String!, $name: String!, $base: String!, $head: String!) {
    repository(owner: $owner, name: $name) { ref(qualifiedName: $base) { compare(headRef: $head) {
      commits(last: 100) { totalCount nodes { oid message parents(first: 2) { nodes { oid } } } } } } } }`;
    const purpose = { what: 'Cannot read the branch', on: `${owner}/${name} ${head}` };
    const refs = { base: `refs/heads/${base}`, head: `refs/heads/${head}` };
    return parseCommitsAhead(await github.graphql(purpose, query, { owner, name, ...refs }));
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/head-branch.js


/** `mlops/bump/churn/3f2a9c01d4`: of our own, so that nobody else's branch is ever moved. */
function headBranchName({ service, key }) {
    const hash = (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 10);
    const readable = service
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 50)
        .replace(/^-+|-+$/g, '');
    return `mlops/bump/${readable === '' ? 'service' : readable}/${hash}`;
}
/** Whether a commit says by its trailers that this collection made it. */
function isOurCommit({ message }) {
    return parseTrailers(message).has(TRAILER.changeId);
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/foreign-work.js


/**
 * What somebody else has put on a head branch, for people; undefined where all of it may be replaced. The button "Update
 * branch" makes merges, and so does who solves a conflict by hand: a merge is nobody's work only if with it the branch
 * changes the same files of its base to the same contents as our commit alone.
 * @throws Failure of the server
 */
async function findForeignWork(github, repository, { base, head, total, commits }) {
    const merges = commits.filter(({ parents }) => parents.length > 1);
    const single = commits.filter(({ parents }) => parents.length < 2);
    const foreign = single.find((commit) => !isOurCommit(commit));
    if (foreign !== undefined)
        return `${foreign.oid.slice(0, 12)} was not made by this step`;
    if (total > commits.length)
        return `one of its ${total} commits may be of somebody else`;
    const [merge] = merges;
    if (merge === undefined)
        return undefined;
    const [own, ...more] = single;
    const [parent] = own?.parents ?? [];
    if (own !== undefined && parent !== undefined && more.length === 0) {
        const ours = await listChangedFiles(github, repository, parent, own.oid);
        const theirs = await listChangedFiles(github, repository, base, head);
        if (JSON.stringify(theirs) === JSON.stringify(ours))
            return undefined;
    }
    return `the merge ${merge.oid.slice(0, 12)} has contents of its own`;
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/pull-request-text.js

/** GitHub takes 256 characters of a title, and 65,536 of a body. */
const LONGEST_TITLE = 256;
const LONGEST_DIFF = 40_000;
/** Pure: what people read who have to decide. What comes from outside is text in it, and mentions nobody. */
function formatPullRequest(text) {
    const { values, diff, links } = text;
    const rows = values.map(({ name, before, after }) => `| ${escapeMarkdown(name)} | ${cell(before)} | ${cell(after)} |`);
    const known = links.filter(({ url }) => url !== '');
    const body = [
        ['| | now | proposed |', '|:--|:--|:--|', ...rows].join('\n'),
        `<details open><summary>The change</summary>\n\n${codeFence(pull_request_text_cut(diff), 'diff')}\n\n</details>`,
        known.map(({ text: label, url }) => `- [${escapeMarkdown(label)}](${encodeURI(url)})`).join('\n'),
        'The branch of this pull request belongs to the step that opened it: the next version takes its place here. Commits of others on it stop that.',
    ];
    return { title: titleOf(text), body: body.filter((part) => part !== '').join('\n\n') };
}
const CLOSED_BY_STEP = 'Closed by the step that opened it: ';
/** Pure: the body of one that the step itself closes. It says so: the login is that of a person where the token is. */
function closedBody(branch, body) {
    return `${CLOSED_BY_STEP}${branch} has what was last wished for.\n\n${body}`;
}
function isClosedByStep(body) {
    return body.startsWith(CLOSED_BY_STEP);
}
function titleOf({ title, message }) {
    const [first = ''] = (title ?? message).trim().split('\n');
    const plain = first.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
    return plain.length > LONGEST_TITLE ? `${plain.slice(0, LONGEST_TITLE - 1)}…` : plain;
}
function cell(value) {
    return value === undefined || value === '' ? 'nothing' : inlineCode(value.slice(0, 2_000));
}
function pull_request_text_cut(diff) {
    if (diff.length <= LONGEST_DIFF)
        return diff;
    const end = diff.lastIndexOf('\n', LONGEST_DIFF);
    return `${diff.slice(0, end > 0 ? end : LONGEST_DIFF)}\n… the rest is in the commit`;
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/look-at-proposal.js







/** @throws Failure of `decide` for the base, and of the server */
async function lookAtProposal(world, options, { paths, mayBeMissing = false, decide, subject, isThere, givesWay }, first) {
    const { github, repository } = options;
    const read = (branch) => (history) => openGitHubBranch({ ...options, branch }).read(paths, { mayBeMissing, history });
    const near = await read(options.branch)();
    const decision = await decideOn(world, near, (state) => decide(state, first), read(options.branch));
    const branch = headBranchName(subject(decision.result));
    const refs = { base: options.branch, head: branch };
    const proposals = await readProposals(github, repository, refs);
    const hasHead = proposals.head !== undefined;
    return {
        options,
        branch,
        label: `${repository.owner}/${repository.name} ${branch}`,
        base: decision.head,
        decision,
        isNeeded: decision.draft !== undefined,
        proposals,
        pullRequest: proposals.pullRequests.find(({ isFromFork }) => !isFromFork),
        declined: declinedOf(proposals),
        head: proposals.head,
        onHead: hasHead
            ? await compareWithHead(world, read(branch), { decide, isThere, givesWay })
            : { is: 'absent' },
        foreignWork: await lookForForeignWork(options, refs, { base: decision.head, head: proposals.head }),
    };
}
/**
 * What this step has closed itself was out of date, which says nothing of the next time. Who the token is does not tell:
 * behind one of a person that person closes by hand, too.
 */
function declinedOf({ closed, viewer }) {
    const isOwn = closed?.closedBy === viewer.replace(/\[bot\]$/, '') && isClosedByStep(closed.body);
    return isOwn ? undefined : closed;
}
async function lookForForeignWork({ github, repository }, refs, { base, head }) {
    if (head === undefined)
        return undefined;
    const ahead = await listCommitsAhead(github, repository, refs);
    return findForeignWork(github, repository, { base, head, ...ahead });
}
/** Whatever else is wrong with what the branch has, it is to be replaced. */
async function compareWithHead(world, read, { decide, isThere, givesWay }) {
    try {
        const { draft, result } = await decideOn(world, await read(), (state) => decide(state, undefined), read);
        if (draft === undefined && isThere(result))
            return { is: 'there' };
        return { is: draft === undefined && givesWay ? 'superseded' : 'other' };
    }
    catch (error) {
        if (!(error instanceof Failure) || error.retryable)
            throw error;
        return error.code === 'GITOPS_NEWER_DEPLOYMENT' ? { is: 'newer', failure: error } : { is: 'other' };
    }
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/plan-proposal.js

/** Pure: one pull request for a target, of one commit, on the newest base; nobody else's work is touched. */
function planProposal(state) {
    const { onHead, pullRequest } = state;
    const isOurs = state.foreignWork === undefined;
    if (!state.isNeeded) {
        const isLater = onHead.is === 'newer' || onHead.is === 'superseded';
        const isMoot = pullRequest !== undefined && isOurs && !isLater && !pullRequest.isQueued;
        return { does: isMoot ? 'close' : 'nothing' };
    }
    if (onHead.is === 'superseded')
        return { does: 'nothing' };
    if (onHead.is === 'newer')
        return { does: 'refuse', failure: onHead.failure };
    if (onHead.is === 'there' && pullRequest !== undefined && !isOutdated(pullRequest))
        return { does: 'leave' };
    if (state.foreignWork !== undefined)
        return { does: 'refuse', failure: foreignCommits(state, state.foreignWork) };
    if (onHead.is === 'there' && pullRequest === undefined && isDeclined(state))
        return { does: 'refuse', failure: saidNo(state) };
    if (pullRequest?.isQueued === true)
        return { does: 'refuse', failure: inQueue(state.label, pullRequest) };
    return { does: 'write' };
}
/** Another base would make it mergeable: it conflicts, or the branch wants its newest commit in it. */
function isOutdated({ mergeState, isQueued }) {
    return !isQueued && (mergeState === 'DIRTY' || mergeState === 'BEHIND');
}
function foreignCommits({ label, pullRequest }, seen) {
    const where = pullRequest === undefined ? 'the branch' : pullRequest.url;
    return new Failure({
        kind: 'conflict',
        code: 'GITOPS_FOREIGN_COMMITS',
        what: 'Refusing to replace commits of somebody else',
        on: label,
        seen,
        next: `Merge or close ${where} and delete the branch, then run again`,
        retryable: false,
    });
}
/** Who closes a pull request and leaves its branch has said no to what stands there. */
function isDeclined({ declined, head }) {
    return declined !== undefined && declined.head === head;
}
function saidNo({ label, declined }) {
    return new Failure({
        kind: 'policy',
        code: 'GITOPS_PR_DECLINED',
        what: 'Refusing to propose again what was closed',
        on: label,
        seen: `${declined?.url} proposed the same and was closed by ${declined?.closedBy || 'somebody'}`,
        next: 'Reopen it, or delete its branch and run again to have it proposed anew; another version is proposed as ever',
        retryable: false,
    });
}
function inQueue(label, { url }) {
    return new Failure({
        kind: 'conflict',
        code: 'GITOPS_QUEUED',
        what: 'Cannot change a pull request that is in the merge queue',
        on: label,
        seen: `${url} proposes another value and is about to be merged`,
        next: 'Run the job again when the queue has merged it, or take it out of the queue',
        retryable: true,
    });
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/rehearse-proposal.js




/**
 * What `proposeChange` would do as the base and the head branch are now; nothing is written.
 * @throws Failure as `proposeChange`, but for what only writing shows
 */
async function rehearseProposal(world, base, proposal) {
    const seen = await patiently(world, () => lookAtProposal(world, base, proposal, undefined));
    const plan = planProposal(seen);
    if (plan.does === 'refuse')
        throw plan.failure;
    const { pullRequest } = seen;
    const { draft, result } = seen.decision;
    if (draft !== undefined)
        await proposal.check?.({ ...draft, parent: seen.base });
    if (plan.does === 'write')
        assertMergeable(world, seen, proposal);
    const would = plan.does === 'write' ? (pullRequest === undefined ? 'open' : 'update') : plan.does;
    return { changed: false, commit: seen.base, attempts: 0, result, would, pullRequest };
}

;// CONCATENATED MODULE: ./packages/github/src/merge.js

/** Merges at once, and returns the SHA on the base branch. @throws Failure with what GitHub says against it */
async function mergePullRequest(github, on, order) {
    const query = `mutation($input: MergePullRequestInput!) {
    mergePullRequest(input: $input) { pullRequest { mergeCommit { oid } } } }`;
    const input = inputOf(order);
    const data = await github.graphql({ what: 'Cannot merge the pull request', on }, query, { input });
    return parseMutated(data, 'mergePullRequest').mergeCommit;
}
/**
 * Lets GitHub merge as soon as the branch allows it, through the merge queue where it has one. What could be merged at once
 * it refuses: "Pull request is in clean status", or "unstable".
 * @throws Failure
 */
async function enableAutoMerge(github, on, order) {
    const query = `mutation($input: EnablePullRequestAutoMergeInput!) {
    enablePullRequestAutoMerge(input: $input) { pullRequest { mergeCommit { oid } } } }`;
    const input = inputOf(order);
    await github.graphql({ what: 'Cannot switch auto-merge on', on }, query, { input });
}
/** Puts what could be merged at once into the merge queue of its base. @throws Failure */
async function enqueuePullRequest(github, on, { id, head }) {
    const query = `mutation($input: EnqueuePullRequestInput!) {
    enqueuePullRequest(input: $input) { clientMutationId } }`;
    const input = { pullRequestId: id, expectedHeadOid: head };
    await github.graphql({ what: 'Cannot queue the pull request', on }, query, { input });
}
/** Takes back that GitHub merges by itself. @throws Failure */
async function disableAutoMerge(github, on, id) {
    const query = `mutation($input: DisablePullRequestAutoMergeInput!) {
    disablePullRequestAutoMerge(input: $input) { clientMutationId } }`;
    const input = { pullRequestId: id };
    await github.graphql({ what: 'Cannot switch auto-merge off', on }, query, { input });
}
function inputOf({ id, head, method, message }) {
    const words = message === undefined ? {} : { commitHeadline: message.headline, commitBody: message.body };
    return { pullRequestId: id, expectedHeadOid: head, mergeMethod: method, ...words };
}

;// CONCATENATED MODULE: ./packages/github/src/new-commit.js

/**
 * Makes a commit that is on no branch yet, so that a branch can be moved to it in one step. By the owner of the token, and
 * signed by GitHub for a bot, since neither author nor committer is named ("Signature verification for bots").
 * @returns its SHA
 */
async function createCommit(github, { owner, name }, { parent, message, files }) {
    const purpose = { what: 'Cannot make the commit', on: `${owner}/${name}` };
    const post = async (route, body) => json_wire_text(await github.rest(purpose, `POST /repos/{owner}/{repo}/${route}`, { owner, repo: name, ...body }), 'sha');
    const tree = [];
    for (const { path, mode, bytes } of files) {
        // Not as the text of a tree's entry, which cannot hold every byte.
        const sha = await post('git/blobs', { content: bytes.toString('base64'), encoding: 'base64' });
        tree.push({ path, mode, type: 'blob', sha });
    }
    const changed = await post('git/trees', { base_tree: parent, tree });
    return post('git/commits', { message, tree: changed, parents: [parent] });
}

;// CONCATENATED MODULE: ./packages/github/src/move-branch.js

const move_branch_MUTATION = 'mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';
/** "A value of 0000… can be used to verify that the references should not exist" (GitHub's schema, `updateRefs`). */
const NOTHING = '0'.repeat(40);
/**
 * Moves a branch of our own to a commit, wherever that stands, or creates it; but only from where it was seen to be. That
 * makes the force that a new base asks for a compare-and-swap: nobody's commit is lost that was not looked at.
 */
async function moveBranch(github, on, move) {
    const { repositoryId, branch, from = NOTHING, to } = move;
    const update = { name: `refs/heads/${branch}`, beforeOid: from, afterOid: to, force: true };
    const input = { repositoryId, refUpdates: [update] };
    try {
        await github.graphql({ what: 'Cannot move the branch', on }, move_branch_MUTATION, { input });
        return { status: 'accepted' };
    }
    catch (error) {
        if (!(error instanceof Failure))
            throw error;
        const { kind, details } = error;
        if (kind === 'upstream' || kind === 'timeout')
            return { status: 'unknown', seen: details.seen };
        return { status: 'refused', failure: error };
    }
}

;// CONCATENATED MODULE: ./packages/github/src/write-pull-request.js

/** Opens a pull request and returns its number. @throws Failure, GH_REFUSED also where there is one already */
async function createPullRequest(github, on, { repositoryId, base, head, ...text }) {
    const query = `mutation($input: CreatePullRequestInput!) {
    createPullRequest(input: $input) { pullRequest { number } } }`;
    const input = { repositoryId, baseRefName: base, headRefName: head, ...text };
    return parseCreated(await github.graphql({ what: 'Cannot open the pull request', on }, query, { input }));
}
/** Gives a pull request other words, or closes it. @throws Failure */
async function updatePullRequest(github, on, { id, ...change }) {
    const query = `mutation($input: UpdatePullRequestInput!) {
    updatePullRequest(input: $input) { pullRequest { number } } }`;
    const input = { pullRequestId: id, ...change };
    await github.graphql({ what: 'Cannot change the pull request', on }, query, { input });
}
/** Adds labels to those that it has; GitHub makes what is new to the repository. @throws Failure */
async function addLabels(github, { owner, name }, number, labels) {
    const purpose = { what: 'Cannot label the pull request', on: `${owner}/${name}#${number}` };
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels';
    await github.rest(purpose, route, { owner, repo: name, issue_number: number, labels });
}
/** @throws Failure GH_REFUSED for who cannot review it, the author among them */
async function requestReviewers(github, { owner, name }, number, { reviewers, teams }) {
    const purpose = { what: 'Cannot ask for a review', on: `${owner}/${name}#${number}` };
    const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers';
    const asked = {
        ...(reviewers.length > 0 ? { reviewers } : {}),
        ...(teams.length > 0 ? { team_reviewers: teams } : {}),
    };
    await github.rest(purpose, route, { owner, repo: name, pull_number: number, ...asked });
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/ensure-pull-request.js



/**
 * Opens the pull request, or brings the open one up to date. What it has already is not done again: a step that was killed
 * in between is finished by the next one, and nobody is asked for a review twice. One that was merged or closed since it
 * was seen is left as it is, and returned.
 * @param isNew whether its commit is, so that what a person has made of the title is out of date
 * @throws Failure, with the commit and the pull request in its outputs
 */
async function ensurePullRequest(world, seen, wish, { isNew, commit }) {
    let opened = seen.pullRequest;
    try {
        return await patiently(world, async () => {
            const { github, repository } = seen.options;
            if (opened === undefined)
                opened = await ensure_pull_request_open(seen, wish);
            // Making the commit took its time.
            else if (isNew)
                opened = await readPullRequest(github, repository, opened.number);
            return opened.state === 'OPEN' ? complete(seen, opened, wish, isNew) : opened;
        });
    }
    catch (error) {
        throw error instanceof Failure ? withProposal(error, commit, opened) : error;
    }
}
async function complete(seen, { id, number, title: given, body, labels }, wish, isNew) {
    const { github, repository } = seen.options;
    const title = isNew ? wish.title : given;
    if (body !== wish.body || given !== title)
        await updatePullRequest(github, seen.label, { id, title, body: wish.body });
    const missing = wish.labels.filter((label) => !labels.includes(label));
    if (missing.length > 0)
        await addLabels(github, repository, number, missing);
    await askReviewers(seen.options, number, wish);
    return readPullRequest(github, repository, number);
}
/** Whom nobody has asked yet: GitHub asks the code owners by itself. */
async function askReviewers({ github, repository }, number, { reviewers, teamReviewers }) {
    if (reviewers.length + teamReviewers.length === 0)
        return;
    const asked = await listReviewRequests(github, repository, number);
    const missing = {
        reviewers: reviewers.filter(isMissing(asked.reviewers)),
        teams: teamReviewers.filter(isMissing(asked.teams)),
    };
    if (missing.reviewers.length + missing.teams.length > 0)
        await requestReviewers(github, repository, number, missing);
}
/** GitHub does not tell names apart by case. */
function isMissing(asked) {
    const known = new Set(asked.map((name) => name.toLowerCase()));
    return (name) => !known.has(name.toLowerCase());
}
/** Where the answer is a refusal or is lost, it may be open all the same: by us, or by another run. */
async function ensure_pull_request_open(seen, { title, body }) {
    const { options, branch: head, label, proposals } = seen;
    const { github, repository, branch: base } = options;
    const asked = { repositoryId: proposals.repositoryId, base, head, title, body };
    try {
        return await readPullRequest(github, repository, await createPullRequest(github, label, asked));
    }
    catch (error) {
        const { pullRequests } = await readProposals(github, repository, { base, head });
        const found = pullRequests.find(({ isFromFork }) => !isFromFork);
        if (found !== undefined)
            return found;
        throw error;
    }
}
/** Whether a pull request can still bring the commit onto the base, or has done so. */
function carries({ state, head }, commit) {
    return state === 'OPEN' || (state === 'MERGED' && head === commit);
}
/** A failure behind the commit: what is there by then stands in its outputs. */
function withProposal(failure, commit, pullRequest) {
    const { number, url } = pullRequest ?? {};
    return withDetails(failure, {
        outputs: {
            'commit-sha': commit,
            ...(number === undefined ? {} : { 'pr-number': number, 'pr-url': url }),
        },
    });
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/propose.js








const propose_TRIES = 20;
/**
 * Proposes a change by one pull request: of one commit, on the newest head of the base, on a branch of its own that the
 * next version takes over. The commit is made first, on no branch, and the branch moved to it in one step that compares
 * and swaps, so at no moment is there a half of it: a step that is killed leaves a commit that nothing refers to.
 * @param base the branch that is proposed to
 * @throws Failure of `decide` and `check`, of the server's rules, and GITOPS_FOREIGN_COMMITS for what others have put on that branch
 */
async function proposeChange(world, base, proposal) {
    const offered = new Set();
    let first;
    for (let attempts = 1;; attempts += 1) {
        const seen = await patiently(world, () => lookAtProposal(world, base, proposal, first));
        const { result, draft } = seen.decision;
        first ??= result;
        const plan = planProposal(seen);
        const common = { attempts, result, message: draft?.message };
        if (plan.does === 'refuse')
            throw plan.failure;
        if (plan.does === 'nothing')
            return { ...common, does: 'nothing', changed: false, commit: seen.base, pullRequest: undefined };
        if (plan.does === 'close') {
            await patiently(world, () => propose_close(seen));
            return { ...common, does: 'close', changed: false, commit: seen.base, pullRequest: undefined };
        }
        const wish = proposal.wish(result, draft?.message ?? '');
        if (draft !== undefined)
            await proposal.check?.({ ...draft, parent: seen.base });
        if (plan.does === 'write')
            assertMergeable(world, seen, proposal);
        const outcome = plan.does === 'leave' ? standing(seen) : await propose_write(world, seen, offered);
        const settled = await propose_settle(world, seen, wish, outcome);
        if (settled.status === 'proposed') {
            const { commit, pullRequest } = settled;
            return { ...common, does: plan.does, changed: offered.has(commit), commit, pullRequest };
        }
        if (attempts === propose_TRIES)
            throw settled.failure;
        // What the base got from it is no conflict with another writer: it is what this one takes the place of.
        if (settled.hasEnded)
            first = undefined;
        await pauseBeforeTry(world, attempts, settled.failure.details.seen);
    }
}
function standing({ proposals: { head = '' } }) {
    return { status: 'accepted', commit: head, isNew: false };
}
/** What the head branch has is worth nothing without a pull request that brings it onto the base. */
async function propose_settle(world, seen, wish, written) {
    if (written.status === 'moved')
        return written;
    const { commit, isNew } = written;
    const pullRequest = await ensurePullRequest(world, seen, wish, { isNew, commit });
    if (carries(pullRequest, commit))
        return { status: 'proposed', commit, pullRequest };
    const seenNow = `${pullRequest.url} is ${pullRequest.state.toLowerCase()} by now`;
    return { status: 'moved', failure: movedElsewhere(seen.label, { seen: seenNow }), hasEnded: true };
}
async function propose_write(world, { options, base, branch, label, decision, proposals, pullRequest }, offered) {
    const { github, repository } = options;
    const { files = [], message = '' } = decision.draft ?? {};
    // With the message of the last version, which a squash would give to this one.
    if (pullRequest?.isAutoMerging === true)
        await disableAutoMerge(github, label, pullRequest.id);
    const change = { parent: base, message, files };
    // On no branch, so that it does no harm to make it twice.
    const commit = await patiently(world, () => createCommit(github, repository, change));
    offered.add(commit);
    const { repositoryId, head: from } = proposals;
    const outcome = await moveBranch(github, label, { repositoryId, branch, from, to: commit });
    if (outcome.status === 'accepted')
        return { status: 'accepted', commit, isNew: true };
    // GitHub's words for a branch that stands elsewhere are not documented, and a lost answer has none: the branch tells.
    const refs = { base: options.branch, head: branch };
    const now = await patiently(world, () => readProposals(github, repository, refs));
    if (now.head === commit)
        return { status: 'accepted', commit, isNew: true };
    if (outcome.status === 'refused' && now.head === from)
        throw outcome.failure;
    const hasEnded = pullRequest !== undefined && now.pullRequests.every(({ id }) => id !== pullRequest.id);
    return { status: 'moved', failure: movedElsewhere(label, outcome), hasEnded };
}
function movedElsewhere(on, outcome) {
    return new Failure({
        kind: 'conflict',
        code: 'GITOPS_CONTENTION',
        what: 'Cannot propose the change',
        on,
        seen: 'seen' in outcome ? outcome.seen : outcome.failure.details.seen,
        next: 'Run the job again; if it stays, give the writers of this target a common `concurrency:` group',
    });
}
async function propose_close({ options, label, pullRequest }) {
    if (pullRequest === undefined)
        return;
    const body = closedBody(options.branch, pullRequest.body);
    await updatePullRequest(options.github, label, { id: pullRequest.id, state: 'CLOSED', body });
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/start-merge.js



const start_merge_TRIES = 12;
/**
 * Merges at once what the base lets be merged at once, since GitHub refuses auto-merge for that, and leaves the rest to
 * auto-merge or the queue. By what GitHub says of the pull request, never by trying: the token of an administrator would
 * merge past the checks and reviews that are missing.
 * @throws Failure of the rules, GITOPS_PR_CONFLICT and GITOPS_AUTO_MERGE_OFF
 */
async function startMerge(world, { github, repository }, number, wish) {
    const on = `${repository.owner}/${repository.name}#${number}`;
    for (let attempt = 1;; attempt += 1) {
        const pullRequest = await patiently(world, () => readPullRequest(github, repository, number));
        const { id, isAutoMerging, isQueued, mergeCommit, state } = pullRequest;
        if (state === 'MERGED' && mergeCommit !== undefined)
            return { status: 'merged', commit: mergeCommit };
        if (isAutoMerging || isQueued)
            return { status: 'armed' };
        const order = { id, head: wish.head, method: wish.method, message: wordsOf(wish) };
        try {
            const started = await start(github, on, planMerge(on, pullRequest), order);
            if (started !== undefined)
                return started;
        }
        catch (error) {
            if (!(error instanceof Failure) || attempt === start_merge_TRIES || !mayPass(error))
                throw explainMerge(error);
        }
        if (attempt === start_merge_TRIES)
            throw undecided(on, pullRequest);
        await pauseBeforeTry(world, attempt, `${on} is ${pullRequest.mergeState.toLowerCase()}`);
    }
}
async function start(github, on, plan, order) {
    if (plan === 'look')
        return undefined;
    if (plan === 'merge') {
        const commit = await mergePullRequest(github, on, order);
        return commit === undefined ? undefined : { status: 'merged', commit };
    }
    await (plan === 'arm' ? enableAutoMerge : enqueuePullRequest)(github, on, order);
    return { status: 'armed' };
}
/** Pure: what GitHub would take now. @throws Failure for what no waiting makes mergeable */
function planMerge(on, { mergeState, hasQueue, state }) {
    if (state !== 'OPEN')
        return 'look';
    if (mergeState === 'DIRTY')
        throw conflicting(on);
    if (mergeState === 'UNKNOWN')
        return 'look';
    if (mergeState === 'BLOCKED' || mergeState === 'BEHIND' || mergeState === 'DRAFT')
        return 'arm';
    return hasQueue ? 'queue' : 'merge';
}
/** A merge commit keeps the proposed one as its second parent, and a rebase its message; only a squash makes new words. */
function wordsOf({ method, message }) {
    if (method !== 'SQUASH')
        return undefined;
    const [headline = '', ...rest] = message.trim().split('\n');
    return { headline, body: rest.join('\n').trim() };
}
/** It became mergeable between the look and the request, or the base moved, or nobody knows: the next look tells. */
function mayPass({ kind, message }) {
    if (kind === 'upstream' || kind === 'timeout')
        return true;
    return /is in \w+ status|try the merge again|is not mergeable/i.test(message);
}
function explainMerge(error) {
    if (!(error instanceof Failure) || !/auto.?merge is not allowed/i.test(error.message))
        return error;
    return withDetails(error, {
        kind: 'config',
        code: 'GITOPS_AUTO_MERGE_OFF',
        next: 'Allow auto-merge in the settings of the repository (General, Pull Requests), or leave `auto-merge` off',
    });
}
function conflicting(on) {
    return new Failure({
        kind: 'conflict',
        code: 'GITOPS_PR_CONFLICT',
        what: 'Cannot merge the pull request',
        on,
        seen: 'it conflicts with what its base has by now',
        next: 'Run the job again: the change is made anew on the newest base',
        retryable: true,
    });
}
function undecided(on, { mergeState }) {
    return new Failure({
        kind: 'upstream',
        code: 'GITOPS_MERGE_UNDECIDED',
        what: 'Cannot merge the pull request',
        on,
        seen: `after ${start_merge_TRIES} looks GitHub has neither merged it nor taken it for auto-merge (${mergeState})`,
        next: 'Run the job again, or merge it by hand',
    });
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
        void feed_follow(() => events(signal), { ...world, signal }, inbox);
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
async function feed_follow(events, world, inbox) {
    for (let breaks = 0; !world.signal.aborted; breaks += 1) {
        const opened = world.now();
        const end = await feed_read(events, world, inbox);
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
            .sleep(REOPEN.base / 2 + fullJitter(breaks, { ...REOPEN, random: world.random }))
            .catch(() => { });
    }
}
/** Hands on every state of one stream; `refused` where it will not be better when it is opened again. */
async function feed_read(events, { signal, log }, inbox) {
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
        return thrown instanceof Failure && !thrown.retryable ? 'refused' : 'ended';
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
    const regular = spread(intervalAt(options, waited, feed), world.random);
    await feed.next(Math.min(regular, options.dueIn?.() ?? Infinity, rest));
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

;// CONCATENATED MODULE: ./packages/gitops/src/propose/await-merge.js




/** In the moment in which the queue or auto-merge merges it, it is neither waiting nor merged. */
const LOOKS_BETWEEN = 3;
/**
 * Waits until the pull request is merged, by whomever, and returns the commit on the base.
 * @param timeout milliseconds
 * @throws Failure for each way in which it cannot come to that any more; WAIT_TIMEOUT
 */
async function awaitMerge(world, { github, repository }, number, { timeout, ...awaited }) {
    let looks = 0;
    const { value } = await waitFor(world, {
        what: `the merge of ${awaited.on}`,
        on: awaited.on,
        observe: () => readPullRequest(github, repository, number),
        evaluate: (pullRequest) => {
            const verdict = evaluateMerge(pullRequest, awaited);
            looks = verdict.status === 'failed' && verdict.failure.code === 'GITOPS_DISARMED' ? looks + 1 : 0;
            return looks > 0 && looks < LOOKS_BETWEEN ? pending('GitHub is about to merge it') : verdict;
        },
        interval: (waited) => Math.min(30_000, 3_000 + waited / 10),
        timeout,
        next: 'Merge it, or give the merge more time with `wait-for-merge`; running the job again finds the same pull request',
    });
    return value;
}
/** Pure. Done with the commit on the base. */
function evaluateMerge(pullRequest, { on, commit, isArmed }) {
    const { state, mergeCommit, commits, mergeState, isQueued, isAutoMerging, checks } = pullRequest;
    if (state === 'MERGED')
        return mergeCommit === undefined ? pending('it is being merged') : done(mergeCommit);
    if (state === 'CLOSED')
        return verdict_failed(stopped(on, 'GITOPS_PR_CLOSED', 'it was closed without being merged'));
    if (!commits.includes(commit))
        return verdict_failed(stopped(on, 'GITOPS_SUPERSEDED', 'another commit has taken the place of the proposed one'));
    if (isQueued)
        return pending('it is in the merge queue');
    if (mergeState === 'DIRTY')
        return verdict_failed(conflicting(on));
    const broken = checks.filter(({ isRequired, outcome }) => isRequired && outcome === 'failed');
    if (broken.length > 0)
        return verdict_failed(brokenChecks(on, broken));
    if (isArmed && !isAutoMerging)
        return verdict_failed(stopped(on, 'GITOPS_DISARMED', 'auto-merge was switched off, or the merge queue has put the pull request out'));
    return pending(reasonOf(pullRequest));
}
function reasonOf({ checks, mergeState }) {
    const open = checks.filter(({ isRequired, outcome }) => isRequired && outcome === 'pending');
    if (open.length > 0)
        return `the check ${open.map(({ name }) => name).join(', ')} has not ended`;
    if (mergeState === 'BLOCKED')
        return 'the base asks for a review or a check that is not there yet';
    return 'nobody has merged it yet';
}
function stopped(on, code, seen) {
    return new Failure({
        kind: 'conflict',
        code,
        what: 'The pull request will not be merged',
        on,
        seen,
        next: 'Look at the pull request for who did it and why; running the job again proposes the change anew',
        retryable: false,
    });
}
function brokenChecks(on, broken) {
    return new Failure({
        kind: 'policy',
        code: 'GITOPS_REQUIRED_CHECK_FAILED',
        what: 'The pull request cannot be merged',
        on,
        seen: `the base asks for ${broken.map(({ name }) => name).join(', ')}, which failed`,
        next: 'Look at the log of that check',
    });
}

;// CONCATENATED MODULE: ./packages/gitops/src/propose/assert-merged.js




/**
 * That a merged commit has what was proposed: whoever merged it may have changed it on the way, and a queue merges it
 * together with others.
 * @throws Failure GITOPS_MERGED_OTHERWISE
 */
async function assertMerged(world, base, { paths, mayBeMissing = false, decide, isThere, }, commit) {
    const read = (history) => patiently(world, () => readCommitState(base, commit, paths, { mayBeMissing, history }));
    const { draft, result } = await decideOn(world, await read(), (state) => decide(state, undefined), read);
    if (draft === undefined && isThere(result))
        return;
    throw new Failure({
        kind: 'conflict',
        code: 'GITOPS_MERGED_OTHERWISE',
        what: 'The pull request was merged with other values',
        on: `${base.repository.owner}/${base.repository.name} ${commit.slice(0, 12)}`,
        seen: 'the merged commit does not have what was proposed',
        next: 'Look at who changed it before the merge; run the job again to propose it anew',
        retryable: false,
    });
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/report.js

/** What people call a field. */
const FIELD_TITLES = {
    image: 'image',
    'storage-uri': 'storage URI',
    annotation: 'annotation',
    env: 'variable',
    value: 'value',
};
/** Outputs, summary, report and lineage of what happened. Pure. */
function reportResult(ask, branch, landed) {
    const { changed, commit, attempts, result } = landed;
    const commitUrl = branch.commitUrl(commit);
    const files = changed ? result.files : [];
    const values = valueOutputs(result);
    const fromThisRun = !ask.dryRun && result.fromThisRun;
    return {
        outputs: {
            changed,
            'from-this-run': fromThisRun,
            'commit-sha': commit,
            'commit-url': commitUrl,
            ...values,
            files,
            diff: result.diff,
            attempts,
        },
        summary: formatSummary(ask, branch, landed),
        report: {
            outcome: ask.dryRun && result.outcome === 'changed' ? 'would-change' : result.outcome,
            mode: ask.mode,
            'from-this-run': fromThisRun,
            branch: branch.label,
            commit,
            'commit-url': commitUrl,
            attempts,
            files: filesOf(result),
            values: result.values.map(({ file, target, field, path, line, before, after }) => ({
                file,
                target,
                field,
                path,
                line,
                before: before ?? null,
                after,
            })),
        },
        lineage: { branch: branch.label, files: filesOf(result), commit, changed, ...values },
    };
}
/** Those that the values stand in, changed or not. */
function filesOf({ values }) {
    return [...new Set(values.map(({ file }) => file))];
}
/**
 * What stands now and what it replaced, for a field of which this step was about one value. What is not known is not
 * there.
 */
function valueOutputs({ values, outcome }) {
    const fields = ['image', 'storage-uri'];
    const single = fields.flatMap((field) => {
        const [value, ...more] = values.filter((candidate) => candidate.field === field);
        return value === undefined || more.length > 0 ? [] : [value];
    });
    const outputs = single.flatMap(({ field, before, after }) => outcome === 'superseded'
        ? [[`new-${field}`, before]]
        : [
            [`previous-${field}`, before],
            [`new-${field}`, after],
        ]);
    return Object.fromEntries(outputs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
function formatSummary(ask, branch, landed) {
    const { result } = landed;
    return [
        `## ${verdict(ask, branch, landed)}`,
        where(branch, landed),
        table(ask, result),
        ...(result.diff === '' ? [] : [details('The change', codeFence(result.diff, 'diff'))]),
        ...(landed.changed && ask.mode === 'bump' ? [undo(landed.commit)] : []),
    ].join('\n\n');
}
function verdict({ mode, dryRun }, { label }, { result }) {
    const on = escapeMarkdown(label);
    const name = escapeMarkdown(report_joined(result.values.map((value) => value.name)));
    const has = new Set(result.values.map((value) => value.name)).size > 1 ? 'have' : 'has';
    const what = report_joined(result.values.map(({ field }) => FIELD_TITLES[field]));
    if (result.outcome === 'superseded')
        return mode === 'rollback'
            ? `⏭️ ${name} was not rolled back: ${on} has moved on to another ${what}`
            : `⏭️ ${name} was left alone: ${on} has a newer ${what}`;
    if (result.outcome === 'already-there')
        return `✅ Nothing to do: ${name} ${has} this ${what} on ${on} already`;
    if (dryRun)
        return `🔎 Dry run: ${name} would get another ${what} on ${on}`;
    return mode === 'rollback'
        ? `✅ ${name} ${has} its previous ${what} back on ${on}`
        : `✅ ${name} ${has} its new ${what} on ${on}`;
}
/** Each once: `a`, `a and b`, `a, b and c`, `a, b and 3 more`. */
function report_joined(words) {
    const distinct = [...new Set(words)].filter((word) => word !== '');
    const shown = distinct.length > 3 ? [...distinct.slice(0, 2), `${distinct.length - 2} more`] : distinct;
    const last = shown.at(-1) ?? '';
    return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
function where(branch, { changed, commit, attempts, result }) {
    const url = branch.commitUrl(commit);
    const short = commit.slice(0, 12);
    const link = url === undefined ? inlineCode(short) : `[${inlineCode(short)}](${url})`;
    const tries = attempts > 1 ? ` It landed at try ${attempts}.` : '';
    const files = result.files.length > 3 ? `${result.files.length} files` : report_joined(result.files.map(inlineCode));
    return changed
        ? `Commit ${link} changes ${files}.${tries}`
        : `Head of the branch: ${link}. Nothing was committed.`;
}
function table({ mode }, { values, outcome }) {
    const wanted = mode === 'rollback' ? 'to go back to' : 'wanted';
    const [left, right] = outcome === 'superseded' ? ['stands', wanted] : ['before', 'now'];
    const rows = values.map((value) => `| ${rowTitle(value, values)} | ${report_cell(value.before)} | ${report_cell(value.after)} |`);
    return [`| | ${left} | ${right} |`, '|:--|:--|:--|', ...rows].join('\n');
}
/** The field alone, where it says which value is meant. */
function rowTitle({ file, field, path, line }, values) {
    const isModel = field === 'image' || field === 'storage-uri';
    const isOnly = values.filter((value) => value.field === field).length === 1;
    return isModel && isOnly
        ? FIELD_TITLES[field]
        : `${FIELD_TITLES[field]} ${inlineCode(`${file}:${line} ${path}`)}`;
}
function report_cell(value) {
    if (value === undefined)
        return 'not known';
    return value === '' ? 'nothing' : inlineCode(value);
}
function details(title, body) {
    return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
function undo(commit) {
    return `**Undo:** the same step with \`mode: rollback\` and \`rollback-of: ${commit}\` (without \`image\` and \`storage-uri\`).`;
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/pull-request-report.js


/** Outputs, summary, report and lineage of a proposal. Pure. */
function reportProposal(ask, base, proposed, mergeCommit) {
    const { pullRequest, result } = proposed;
    const { outputs, report, lineage } = reportResult(ask, base, proposed);
    // Where nothing had to be proposed, the branch has it, whoever merged it.
    const isMerged = mergeCommit !== undefined || (pullRequest === undefined && result.outcome === 'already-there');
    // What is only proposed does not stand on the branch because of anybody.
    const isFromThisRun = isMerged && result.fromThisRun;
    const known = {
        'pr-number': pullRequest?.number,
        'pr-url': pullRequest?.url,
        merged: isMerged,
        'merge-commit-sha': mergeCommit,
    };
    return {
        outputs: { ...outputs, 'from-this-run': isFromThisRun, ...known },
        summary: pull_request_report_formatSummary(base.label, proposed, mergeCommit),
        report: {
            ...Object(report),
            'from-this-run': isFromThisRun,
            'pull-request': { does: proposed.does, ...known },
        },
        lineage: { ...Object(lineage), ...known },
    };
}
/** The same of a dry run: what would be proposed, and by which pull request. Pure. */
function reportRehearsal(ask, base, rehearsed) {
    const { pullRequest, would } = rehearsed;
    const result = reportResult(ask, base, rehearsed);
    const known = { 'pr-number': pullRequest?.number, 'pr-url': pullRequest?.url, merged: false };
    return {
        ...result,
        outputs: { ...result.outputs, ...known },
        summary: `${result.summary}\n\n${wouldDo(rehearsed)}`,
        report: { ...Object(result.report), 'pull-request': { would, ...known } },
    };
}
function wouldDo({ would, pullRequest }) {
    if (would === 'open')
        return 'A pull request would be opened for it.';
    if (pullRequest === undefined || would === 'nothing')
        return 'No pull request would be touched.';
    const what = {
        update: 'would be brought up to date',
        leave: 'proposes it already',
        close: 'would be closed: the branch has what it proposes, or something newer',
    };
    return `Pull request ${linkTo(pullRequest)} ${what[would]}.`;
}
function linkTo({ number, url }) {
    return `[#${number}](${encodeURI(url)})`;
}
function pull_request_report_formatSummary(label, proposed, mergeCommit) {
    const { result } = proposed;
    const rows = result.values.map(({ field, before, after }) => `| ${FIELD_TITLES[field]} | ${pull_request_report_cell(before)} | ${pull_request_report_cell(after)} |`);
    const diff = `<details><summary>The change</summary>\n\n${codeFence(result.diff, 'diff')}\n\n</details>`;
    return [
        `## ${pull_request_report_verdict(label, proposed, mergeCommit)}`,
        pull_request_report_stateOf(proposed, mergeCommit),
        ['| | before | proposed |', '|:--|:--|:--|', ...rows].join('\n'),
        ...(result.diff === '' ? [] : [diff]),
    ].join('\n\n');
}
function pull_request_report_verdict(label, { does, pullRequest, result }, mergeCommit) {
    const on = escapeMarkdown(label);
    const name = escapeMarkdown(result.values[0]?.name ?? '');
    const what = [...new Set(result.values.map(({ field }) => FIELD_TITLES[field]))].join(' and ');
    if (pullRequest === undefined) {
        if (result.outcome !== 'already-there')
            return `⏭️ ${name} was left alone: ${on} has moved on`;
        const closed = does === 'close' ? '; the open pull request was closed' : '';
        return `✅ Nothing to do: ${name} has this ${what} on ${on} already${closed}`;
    }
    const link = linkTo(pullRequest);
    if (mergeCommit !== undefined)
        return `✅ ${name} has its new ${what} on ${on}, by pull request ${link}`;
    const verb = does === 'leave' ? 'proposes already' : 'proposes';
    return `📬 Pull request ${link} ${verb} another ${what} of ${name} for ${on}`;
}
function pull_request_report_stateOf({ commit, changed, does }, mergeCommit) {
    if (mergeCommit !== undefined)
        return `Merged as ${inlineCode(mergeCommit.slice(0, 12))}.`;
    if (does === 'nothing' || does === 'close')
        return `Head of the branch: ${inlineCode(commit.slice(0, 12))}.`;
    const made = changed ? 'Commit' : 'It has commit';
    return `${made} ${inlineCode(commit.slice(0, 12))}${changed ? ' is its head' : ' already'}. It is not merged yet: nothing is deployed by it so far.`;
}
function pull_request_report_cell(value) {
    if (value === undefined)
        return 'not known';
    return value === '' ? 'nothing' : inlineCode(value);
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/pushed-commit.wire.js

/**
 * What the event of a push says of the commit that this run is for; other events, and a payload of another commit, say
 * nothing of it.
 */
async function readPushedCommit({ eventName, eventPath, sha, }) {
    if (eventName !== 'push')
        return {};
    const commit = pushed_commit_wire_fieldOf(await pushed_commit_wire_readPayload(eventPath), 'head_commit');
    if (sha === '' || pushed_commit_wire_textIn(commit, 'id') !== sha)
        return {};
    const author = pushed_commit_wire_fieldOf(commit, 'author');
    return {
        message: pushed_commit_wire_textIn(commit, 'message'),
        date: dateIn(commit),
        author: formatAuthor(pushed_commit_wire_textIn(author, 'name'), pushed_commit_wire_textIn(author, 'email')),
    };
}
function dateIn(commit) {
    const date = pushed_commit_wire_textIn(commit, 'timestamp') ?? '';
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/.test(date) ? date : undefined;
}
/** An address as Argo CD reads it (net/mail): a name with other characters than words and blanks stands in quotes. */
function formatAuthor(name = '', email = '') {
    if (name === '' || !/^[^\s<>"(),:;\\@]+@[^\s<>"(),:;\\@]+$/.test(email))
        return undefined;
    const isPlain = /^[\p{L}\p{N} _-]+$/u.test(name);
    return `${isPlain ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${email}>`;
}
async function pushed_commit_wire_readPayload(path) {
    try {
        return JSON.parse(await (0,external_node_fs_promises_namespaceObject.readFile)(path, 'utf8'));
    }
    catch {
        return undefined;
    }
}
function pushed_commit_wire_textIn(value, key) {
    const text = pushed_commit_wire_fieldOf(value, key);
    return typeof text === 'string' ? text : undefined;
}
function pushed_commit_wire_fieldOf(value, key) {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? value[key]
        : undefined;
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/propose.js








/** Proposes the values by a pull request, and sees it merged where that is wanted. */
async function proposeByPullRequest(inputs, world) {
    const { options: base, close } = openGitHubPlace(world, await open_branch_placeOf(inputs, world));
    const validation = await planValidation(inputs, world);
    try {
        const reference = await readPushedCommit(world.context);
        const plan = planLanding(inputs, world, reference, await ancestryOf(inputs, world));
        const landing = { ...plan, check: validation?.run };
        const branch = openGitHubBranch(base);
        const proposal = proposalOf(inputs, world, landing);
        if (inputs.dryRun)
            return reportRehearsal(inputs, branch, await rehearseProposal(world, base, proposal));
        const proposed = await proposeChange(world, base, proposal);
        const mergeCommit = await seeMerged(inputs, world, base, landing, proposed);
        return reportProposal(inputs, branch, proposed, mergeCommit);
    }
    finally {
        close();
        await validation?.close();
    }
}
const propose_isThere = ({ outcome }) => outcome === 'already-there';
function proposalOf({ mode, branch, labels, reviewers, teamReviewers, pullRequestTitle, waitForMerge }, { context }, landing) {
    const { repository, serverUrl, sha, runUrl } = context;
    const product = `${serverUrl}/${repository}`;
    const links = [
        { text: 'The run that proposes it', url: runUrl },
        {
            text: `Commit ${sha.slice(0, 12)} of ${repository}`,
            url: sha === '' ? '' : `${product}/commit/${sha}`,
        },
    ];
    return {
        ...landing,
        isThere: propose_isThere,
        // A rollback is newer than whatever was proposed while the bad version stood.
        givesWay: mode === 'bump',
        subject: ({ values }) => ({
            service: values[0]?.name ?? '',
            key: [product, branch, ...values.map(propose_keyOf).sort()],
        }),
        waitsForMerge: waitForMerge > 0,
        wish: ({ values, diff }, message) => ({
            ...formatPullRequest({
                title: pullRequestTitle,
                message,
                values: values.map((value) => ({ ...value, name: `${value.target}: ${FIELD_TITLES[value.field]}` })),
                diff,
                links,
            }),
            labels,
            reviewers,
            teamReviewers,
        }),
    };
}
/** Which value it is, whatever it is set to. An image and a storage URI are known by their target: paths have places in lists. */
function propose_keyOf({ file, target, field, path }) {
    const isNamed = field === 'image' || field === 'storage-uri';
    return `${file} ${target} ${isNamed ? field : path}`;
}
/** The commit on the base, where the pull request is merged by now or in the time that there is for it. */
async function seeMerged({ autoMerge, waitForMerge: timeout }, world, base, landing, { pullRequest, commit, message = '' }) {
    if (pullRequest === undefined)
        return undefined;
    const { number, state } = pullRequest;
    try {
        const method = MERGE_METHODS[autoMerge];
        const started = method === undefined
            ? undefined
            : await startMerge(world, base, number, { method, message, head: commit });
        if (started?.status !== 'merged' && state !== 'MERGED' && timeout === 0)
            return undefined;
        const on = `${base.repository.owner}/${base.repository.name}#${number}`;
        const isArmed = started !== undefined;
        const merged = started?.status === 'merged'
            ? started.commit
            : await awaitMerge(world, base, number, { on, commit, isArmed, timeout });
        await assertMerged(world, base, { ...landing, isThere: propose_isThere }, merged);
        return merged;
    }
    catch (error) {
        throw error instanceof Failure ? withProposal(error, commit, pullRequest) : error;
    }
}
const MERGE_METHODS = { off: undefined, merge: 'MERGE', squash: 'SQUASH', rebase: 'REBASE' };

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/run.js








/** Sets the values on the branch, or takes them back, and says what stands there now; or proposes that. */
async function run(inputs, world) {
    if (!inputs.dryRun)
        await assertNoFork(world.context);
    if (inputs.pullRequest)
        return proposeByPullRequest(inputs, world);
    const validation = await planValidation(inputs, world);
    const branch = await openTargetBranch(inputs, world);
    try {
        const reopen = (late) => openTargetBranch(inputs, { ...world, ...late });
        const reference = await readPushedCommit(world.context);
        const plan = planLanding(inputs, world, reference, await ancestryOf(inputs, world));
        const landing = { ...plan, reopen, check: validation?.run };
        const landed = await (inputs.dryRun
            ? rehearseChange(world, branch, landing)
            : landChange(world, branch, landing));
        return reportResult(inputs, branch, landed);
    }
    finally {
        await branch.close();
        await validation?.close();
    }
}

;// CONCATENATED MODULE: ./actions/bump-kserve-image/src/main.js



runAction({ name: 'bump-kserve-image', inputs: inputs, run: run });

