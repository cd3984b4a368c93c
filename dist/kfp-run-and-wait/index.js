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

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

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

/***/ 8321:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/consumers");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

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



__webpack_unused_export__ = composer.Composer;
__webpack_unused_export__ = Document.Document;
__webpack_unused_export__ = Schema.Schema;
__webpack_unused_export__ = errors.YAMLError;
__webpack_unused_export__ = errors.YAMLParseError;
__webpack_unused_export__ = errors.YAMLWarning;
__webpack_unused_export__ = Alias.Alias;
__webpack_unused_export__ = identity.isAlias;
__webpack_unused_export__ = identity.isCollection;
__webpack_unused_export__ = identity.isDocument;
__webpack_unused_export__ = identity.isMap;
__webpack_unused_export__ = identity.isNode;
__webpack_unused_export__ = identity.isPair;
__webpack_unused_export__ = identity.isScalar;
__webpack_unused_export__ = identity.isSeq;
__webpack_unused_export__ = Pair.Pair;
__webpack_unused_export__ = Scalar.Scalar;
__webpack_unused_export__ = YAMLMap.YAMLMap;
__webpack_unused_export__ = YAMLSeq.YAMLSeq;
__webpack_unused_export__ = cst;
__webpack_unused_export__ = lexer.Lexer;
__webpack_unused_export__ = lineCounter.LineCounter;
__webpack_unused_export__ = parser.Parser;
__webpack_unused_export__ = publicApi.parse;
exports.hR = publicApi.parseAllDocuments;
__webpack_unused_export__ = publicApi.parseDocument;
__webpack_unused_export__ = publicApi.stringify;
__webpack_unused_export__ = visit.visit;
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


/***/ }),

/***/ 7738:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ resolveInside),
/* harmony export */   q: () => (/* binding */ isPlainPath)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5836);



/**
 * The absolute path of a file or folder below the workspace, which need not exist yet.
 * @throws Failure `config` for a path that leaves the workspace, by its words or through a link that is there
 */
async function resolveInside(workspace, path, input) {
    const root = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(workspace);
    const target = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(root, path);
    if (path.includes('\0') || !isBelow(root, target) || !isBelow(root, await realOf(target))) {
        throw new _mlops_actions_diagnostics__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR({
            kind: 'config',
            code: 'PATH_OUTSIDE',
            what: 'Cannot write outside of the workspace',
            on: `input \`${input}\``,
            seen: `${path} leads out of it`,
            next: 'Give a path below the workspace',
        });
    }
    return target;
}
/** The real path of the deepest part that exists, with the rest behind it. */
async function realOf(path) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path);
    }
    catch {
        const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
        return parent === path ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(await realOf(parent), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(parent, path));
    }
}
function isBelow(root, path) {
    const rest = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(root, path);
    return rest === '' || !((0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(rest) || rest === '..' || rest.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`));
}
/**
 * Whether the rest of an object key is a plain relative path: keys are data, and a bucket can hold `../../.ssh/config`.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html on names that come from elsewhere
 */
function isPlainPath(name) {
    if (name === '' || /[\0\\]/.test(name) || /^[A-Za-z]:/.test(name))
        return false;
    return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
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

/***/ 2832:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ formatCount)
/* harmony export */ });
/** `1 object`, `3 objects`, `1,204 objects`: for sentences. */
function formatCount(count, noun, plural = `${noun}s`) {
    return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
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

/***/ 94:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ parseSize),
/* harmony export */   X: () => (/* binding */ formatSize)
/* harmony export */ });
/* harmony import */ var _expected_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9235);

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
        throw new _expected_js__WEBPACK_IMPORTED_MODULE_0__/* .Expected */ .j('a size such as 8MiB, 1.5GB or 512B');
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

// EXTERNAL MODULE: ./packages/diagnostics/src/failure.js
var src_failure = __nccwpck_require__(5836);
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
    if (thrown instanceof src_failure/* Failure */.HR)
        return thrown;
    const trouble = systemTrouble(thrown);
    if (trouble !== undefined) {
        const { errno, path = 'a file of this step', ...words } = trouble;
        return new src_failure/* Failure */.HR({
            ...words,
            code: `SYSTEM_${errno}`,
            what: 'Cannot use a file',
            on: path,
            cause: thrown,
        });
    }
    return new src_failure/* Failure */.HR({
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
        log.warn(`The image could not be declared for attestation: ${messageOf(cause)}`);
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

// EXTERNAL MODULE: ./packages/text/src/count.js
var count = __nccwpck_require__(2832);
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
        return `The whole could not be kept: ${messageOf(cause)}`;
    }
}
function fit(value, limit) {
    return typeof value === 'object' ? fitJson(value, limit) : fitText(String(value), limit);
}
function lossOf(value, text) {
    if (typeof value !== 'object')
        return (0,count/* formatCount */.B)(Buffer.byteLength(String(value)), 'byte');
    if (!Array.isArray(value))
        return (0,count/* formatCount */.B)(jsonBytes(value), 'byte');
    const kept = JSON.parse(text);
    const items = Array.isArray(kept) ? kept.length : 0;
    return `${items.toLocaleString('en-US')} of ${(0,count/* formatCount */.B)(value.length, 'item')}`;
}
function outputFailure(cause) {
    const trouble = systemTrouble(cause);
    return new src_failure/* Failure */.HR({
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
    (0,external_node_fs_.appendFileSync)(file, `${fitMarkdown(redactor.redact(markdown))}\n`);
}
/** Said below the verdict: at the end it could stand inside of a block that was cut. */
function fitMarkdown(markdown) {
    const bytes = Buffer.from(markdown);
    if (bytes.length < SUMMARY_LIMIT)
        return markdown;
    const kept = bytes.subarray(0, SUMMARY_LIMIT - 256).toString('utf8');
    const [verdict = '', ...rest] = kept.slice(0, kept.lastIndexOf('\n')).split('\n');
    const notice = `> This summary was ${(0,count/* formatCount */.B)(bytes.length, 'byte')} long and is cut; GitHub shows no more than 1 MiB of a step.`;
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
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __nccwpck_require__(4708);
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
        return new external_node_crypto_.X509Certificate(pem).raw.length > 0;
    }
    catch {
        return false;
    }
}
function badConfig(code, on, seen, next) {
    return new src_failure/* Failure */.HR({ kind: 'config', code, what: 'Cannot set up the connection', on, seen, next });
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
    throw new src_failure/* Failure */.HR({
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
        timeout: (0,src_timer/* timerOf */.p)(limits.connect),
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
    const totalTimer = limits.total === undefined ? undefined : setTimeout(expire, (0,src_timer/* timerOf */.p)(limits.total), 'total', limits.total);
    if (signals.some((signal) => signal.aborted))
        onAbort();
    return {
        limits,
        enter(phase) {
            clearTimeout(phaseTimer);
            phaseTimer = setTimeout(expire, (0,src_timer/* timerOf */.p)(limits[phase]), phase, limits[phase]);
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
    return new src_failure/* Failure */.HR({
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
    return new src_failure/* Failure */.HR({
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
    return new src_failure/* Failure */.HR({
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
    if (reason instanceof src_failure/* Failure */.HR)
        return reason;
    if (!isTimeout(reason))
        return (0,src_failure/* cancelled */.KW)(reason);
    return new src_failure/* Failure */.HR({
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
        if (error instanceof src_failure/* Failure */.HR || !world.signal.aborted)
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
        if (error instanceof src_failure/* Failure */.HR)
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
        return { next: id_token_REFUSED };
    return status >= 500 ? { next: TRY_AGAIN } : undefined;
}
const id_token_REFUSED = 'Look at `permissions` of the job: it needs `id-token: write`; a run of hours may not ask any more';
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
    return process.env[`INPUT_${handedOnName(name)}`] ?? '';
}

;// CONCATENATED MODULE: ./packages/text/src/blanks.js
/** Line ends of every system; a bare carriage return is one too. */
const LINE_END = /\r\n?|\n/;
/** Only ASCII white space: `String.trim` also takes a no-break space or a byte order mark off, and so can change what a text names. */
function trimBlanks(text) {
    return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}

// EXTERNAL MODULE: ./packages/text/src/expected.js
var expected = __nccwpck_require__(9235);
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
        if (!(error instanceof expected/* Expected */.j))
            throw error;
        problem(name, `got ${field.secret || error.holdsSecret ? 'a value (not shown)' : `"${sanitizeLine(value, 120)}"`}; want ${error.want}`);
        return undefined;
    }
}
function inputFailure(problems) {
    const many = problems.length > 1;
    return new src_failure/* Failure */.HR({
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
        throw new expected/* Expected */.j(WANT);
    const total = Object.values(UNITS).reduce((sum, factor, index) => sum + Number(amounts[index] ?? 0) * factor, 0);
    if (total > Number.MAX_SAFE_INTEGER)
        throw new expected/* Expected */.j(WANT);
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

// EXTERNAL MODULE: ./packages/text/src/size.js
var size = __nccwpck_require__(94);
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
const duration = fieldOf('duration', parseDuration);
const fields_size = fieldOf('size', size/* parseSize */.D);
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
        throw new expected/* Expected */.j('true, false or on-failure');
    }
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/inputs.js

const inputs = defineInputs({
    url: url({ required: true }),
    token: secret(),
    'pipeline-file': fields_text(),
    pipeline: fields_text(),
    'pipeline-version': fields_text(),
    experiment: fields_text({ default: 'Default' }),
    'run-name': fields_text(),
    namespace: fields_text({ default: '' }),
    parameters: keyValues(),
    'service-account': fields_text(),
    'pipeline-root': fields_text(),
    gate: fields_text({ default: '' }),
    champion: fields_text(),
    'mlflow-url': url(),
    'mlflow-token': secret(),
    'model-name': fields_text(),
    'champion-alias': fields_text({ default: 'champion' }),
    download: keyValues(),
    'aws-region': common.storeRegion(),
    'role-to-assume': common.roleToAssume(),
    'on-cancel': common.onCancel('terminate'),
    'include-pod-logs': fields_boolean({ default: 'false' }),
    interval: duration(),
    timeout: common.timeout('5h'),
    'request-timeout': common.requestTimeout(),
    'ca-cert': common.caCert(),
    'extra-headers': common.extraHeaders(),
    'dry-run': common.dryRun(),
    summary: common.summary(),
}, (given, problem) => {
    const { pipelineFile, pipeline, pipelineVersion, champion, mlflowUrl, modelName } = given;
    if (pipelineFile === undefined && pipeline === undefined)
        problem('pipeline-file', 'give it, or the name of an uploaded `pipeline`');
    if (pipelineFile !== undefined && pipeline !== undefined)
        problem('pipeline', 'give either it or `pipeline-file`, not both');
    if (pipelineVersion !== undefined && pipeline === undefined)
        problem('pipeline-version', 'means a version of an uploaded `pipeline`; give its name');
    if (champion !== undefined && modelName !== undefined)
        problem('champion', 'give either it or `model-name`, not both');
    if (modelName !== undefined && mlflowUrl === undefined)
        problem('model-name', 'needs the `mlflow-url` of the registry');
    if (given.interval !== undefined && given.interval < 100)
        problem('interval', 'want at least 100ms');
    for (const [artifact, path] of given.download)
        if (path === '')
            problem('download', `${artifact}: want artifact=path`);
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
    return new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'GATE_SYNTAX',
        what: 'A gate cannot be read',
        on: 'the input `gate`',
        seen: problems.join('\n'),
        next: 'Write one comparison on a line, such as `accuracy >= 0.9` or `auc >= champion.auc - 0.01`',
    });
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
    return new src_failure/* Failure */.HR({
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

;// CONCATENATED MODULE: ./packages/kfp/src/api.wire.js

// Fields and spellings: kubeflow/pipelines backend/api/v2beta1/*.proto. Zero values are left out of every answer.
const isHealthAnswer = record({
    tag_name: optional(string),
    commit_sha: optional(string),
    multi_user: withDefault(validate_wire_boolean, false),
    apiServerReady: optional(validate_wire_boolean),
    apiServerTagName: optional(string),
    apiServerMultiUser: withDefault(validate_wire_boolean, false),
});
/** Any server can answer a JSON object: without a field of ours it was not KFP. */
const isHealth = (value, path) => {
    const answer = isHealthAnswer(value, path);
    const viaUi = answer.apiServerReady !== undefined || answer.apiServerTagName !== undefined;
    if (!viaUi && answer.tag_name === undefined && answer.commit_sha === undefined)
        throw new ShapeError(path ?? '', 'no field of KFP', 'tag_name or apiServerReady');
    return {
        version: answer.tag_name ?? answer.apiServerTagName ?? '',
        multiUser: answer.multi_user || answer.apiServerMultiUser,
        viaUi,
        ready: answer.apiServerReady ?? true,
    };
};
const isExperiment = record({
    experiment_id: string,
    display_name: withDefault(string, ''),
    namespace: withDefault(string, ''),
});

const isExperimentList = record({ experiments: withDefault(array(isExperiment), []) });
const isPipeline = record({ pipeline_id: string, display_name: withDefault(string, '') });
const isPipelineVersion = record({
    pipeline_id: withDefault(string, ''),
    pipeline_version_id: string,
    display_name: withDefault(string, ''),
    name: withDefault(string, ''),
    pipeline_spec: optional(unknownValue),
});
const isPipelineVersionList = record({ pipeline_versions: withDefault(array(isPipelineVersion), []) });
const isTaskDetail = record({
    display_name: withDefault(string, ''),
    state: withDefault(string, ''),
    start_time: withDefault(string, ''),
    end_time: withDefault(string, ''),
});
const isRun = record({
    run_id: string,
    display_name: withDefault(string, ''),
    experiment_id: withDefault(string, ''),
    /** RuntimeState by name; absent when a report carried an empty Argo phase. */
    state: withDefault(string, 'RUNTIME_STATE_UNSPECIFIED'),
    storage_state: withDefault(string, ''),
    state_history: withDefault(array(record({ state: withDefault(string, '') })), []),
    created_at: withDefault(string, ''),
    /** 1970 until the run has ended (api_converter.go toApiRun). */
    finished_at: withDefault(string, ''),
    /** Only an error of reading or converting the run, never why it failed. */
    error: optional(record({ message: withDefault(string, '') })),
    run_details: withDefault(record({ task_details: withDefault(array(isTaskDetail), []) }), {
        task_details: [],
    }),
    /** Only the generation without ML Metadata counts its tasks. */
    task_count: optional(number),
});
/** v1beta1 GET run, which carries the whole Argo Workflow as a JSON string. */
const isRunV1 = record({
    pipeline_runtime: withDefault(record({ workflow_manifest: withDefault(string, '') }), {
        workflow_manifest: '',
    }),
});
/** grpc-gateway's error: `message` is the internal chain, `details[0].message` what a person should read. */
const isApiError = record({
    code: withDefault(number, 0),
    message: withDefault(string, ''),
    error: withDefault(string, ''),
    error_message: withDefault(string, ''),
    details: withDefault(array(record({ message: withDefault(string, '') })), []),
});

;// CONCATENATED MODULE: ./packages/kfp/src/explain.js

/** Sentences with which the server reports as 500 what no repetition will change (reference: resource_manager.go CreateRun). */
const PERMANENT = /error fetching manifest|conversion error|invalid pipeline job inputs|Failed to generate the ExecutionSpec/;
/**
 * What an error status of KFP means. `details[0].message` is the short text; the rest of the body is the internal chain.
 * @param right the RBAC verb and resource that the call needs, such as `create runs`
 */
function explainFor(right) {
    return (response) => {
        const said = apiMessage(response);
        const seen = said === '' ? {} : { seen: said };
        if (response.status === 401)
            return { ...seen, ...unauthenticated(response) };
        if (response.status === 403)
            return {
                ...seen,
                next: `Allow this identity to ${right} of the API group pipelines.kubeflow.org in the namespace (kubeflow-edit has that right)`,
            };
        if (response.status >= 500 && PERMANENT.test(chainOf(response)))
            return {
                ...seen,
                kind: 'config',
                next: 'Check the pipeline, its version and its parameters: the server cannot make a workflow of them',
            };
        return said === '' ? undefined : seen;
    };
}
/** oauth2-proxy answers `{}` on API paths; Istio a sentence of plain text. */
function unauthenticated({ body }) {
    const text = body.toString('utf8').trim();
    const seen = text === '{}' || text === '' ? 'a login proxy stands before it, and was given no valid token' : '';
    return {
        ...(seen === '' ? {} : { seen }),
        next: 'Give a valid `token` for this KFP (a ServiceAccount token with audience pipelines.kubeflow.org, or what the ingress accepts); it may have expired',
    };
}
/** The sentence of an error that a person should read; '' where there is none. */
function apiMessage(response) {
    const error = readError(response);
    if (error === undefined)
        return '';
    return error.details[0]?.message || error.message || error.error || error.error_message;
}
function chainOf(response) {
    const error = readError(response);
    return error === undefined ? '' : [error.message, ...error.details.map(({ message }) => message)].join(' ');
}
/** Whether the API server itself explained this error; a proxy's page or text does not count. */
function isExplained(response) {
    return chainOf(response).trim() !== '';
}
function readError({ body }) {
    try {
        return isApiError(JSON.parse(body.toString('utf8')));
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/kfp/src/run-id.js

/** The namespace of our names (RFC 9562, 5.5), itself the UUIDv5 of `mlops-actions` in the namespace of URLs. */
const URL_NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
const NAMESPACE = uuidV5(URL_NAMESPACE, 'https://github.com/mlops-actions');
/**
 * The id that we choose for a run. The server takes `run_id` of the body as primary key in every 2.x release, which is
 * undocumented (reference 1.6): who submits checks what comes back.
 */
function runIdOf({ repository, runId, job, content, generation }) {
    return uuidV5(NAMESPACE, JSON.stringify([repository, runId, job, content, generation]));
}
/** RFC 9562, 5.5: SHA-1 of namespace and name, with version 5 and the variant bits set. */
function uuidV5(namespace, name) {
    const bytes = (0,external_node_crypto_.createHash)('sha1')
        .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
        .update(name)
        .digest()
        .subarray(0, 16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
/** SHA-256 of a value as JSON with sorted keys, in hexadecimal. */
function digestOf(value) {
    return (0,external_node_crypto_.createHash)('sha256').update(stableJson(value)).digest('hex');
}
function stableJson(value) {
    if (Array.isArray(value))
        return `[${value.map(stableJson).join(',')}]`;
    if (typeof value !== 'object' || value === null)
        return JSON.stringify(value) ?? 'null';
    const entries = Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${stableJson(item)}`).join(',')}}`;
}

;// CONCATENATED MODULE: ./packages/kfp/src/submit.js



/** No workflow run on GitHub has been repeated as often as this. */
const MOST_GENERATIONS = 100;
/**
 * Looks for the run that an earlier attempt of this step has made. One that still runs or has succeeded is attached to;
 * one that has failed or was terminated counts as a generation, and the next one gets an id of its own.
 */
async function planRun(kfp, identity) {
    for (let generation = 0; generation < MOST_GENERATIONS; generation += 1) {
        const runId = runIdOf({ ...identity, generation });
        const run = await kfp.findRun(runId);
        if (run === undefined)
            return { kind: 'create', runId };
        if (isWorthAttaching(run.state))
            return { kind: 'attach', run };
    }
    throw new src_failure/* Failure */.HR({
        kind: 'conflict',
        code: 'KFP_TOO_MANY_RUNS',
        what: 'Cannot create the run',
        on: new URL(kfp.address.api).host,
        seen: `${MOST_GENERATIONS} runs of this step have failed`,
        next: 'Look at why they fail, then start a new workflow run',
        retryable: false,
    });
}
/** What is being terminated will be FAILED: nothing to wait for. */
function isWorthAttaching(state) {
    return !['FAILED', 'CANCELED', 'CANCELING'].includes(state);
}
/** Milliseconds before each look after a POST of which nobody knows whether it was heard (reference 1.6). */
const LOOKS_MS = [1_000, 2_000, 4_000, 8_000];
/**
 * Creates the run exactly once. A second POST with the same id would start a second workflow, and only then fail; so
 * after an ambiguous end the run is looked for first, and sent once more only when it stays away.
 * @throws Failure of the POST; `upstream` KFP_RUN_UNKNOWN when nobody can tell
 */
async function createRun(world, kfp, run) {
    for (const isLast of [false, true]) {
        const sent = await send(kfp, run);
        if ('run' in sent)
            return verified(world, sent.run, run.run_id);
        if (sent.next === 'give-up' || world.signal.aborted)
            throw sent.failure;
        world.log.info(`The answer to creating the run was lost (${sent.failure.details.seen}); looking for it`);
        const found = await lookFor(world, kfp, run.run_id, sent.next === 'look-once' ? [0] : LOOKS_MS);
        if (found !== undefined)
            return found;
        if (sent.next === 'look-once')
            throw sent.failure;
        if (isLast)
            throw unknownOutcome(sent.failure, run.run_id);
    }
    throw new Error('unreachable: the last round returns or throws');
}
async function send(kfp, run) {
    let explained = false;
    const explain = (response) => {
        explained = isExplained(response);
        return explainFor('create runs')(response);
    };
    try {
        return { run: await kfp.createRun(run, explain) };
    }
    catch (failure) {
        if (!(failure instanceof src_failure/* Failure */.HR))
            throw failure;
        return { failure, next: planAfterFailure(failure.code, explained) };
    }
}
/** The request never arrived, or was refused. */
const NEVER_HEARD = /^(TLS_|HTTP_PROXY|HTTP_LOGIN|HTTP_REDIRECT|HTTP_(REFUSED|HOST_UNKNOWN|DNS|UNREACHABLE|CONNECT_TIMEOUT|ADDRESS_REFUSED|BAD_REQUEST)$)/;
/**
 * What to do after a failed POST.
 * @param code of the Failure
 * @param explained whether the API server itself gave the reason: a 500 that it explains is no passing fault, but may be
 * the duplicate key of a run that is there
 */
function planAfterFailure(code, explained) {
    if (NEVER_HEARD.test(code))
        return 'give-up';
    if (code === 'HTTP_409' || (code === 'HTTP_500' && explained))
        return 'look-once';
    if (/^HTTP_4\d\d$/.test(code) && code !== 'HTTP_408')
        return 'give-up';
    return 'look-and-repeat';
}
async function lookFor(world, kfp, runId, delays) {
    for (const delay of delays) {
        if (delay > 0)
            await world.sleep(delay);
        try {
            const run = await kfp.findRun(runId);
            if (run !== undefined)
                return run;
        }
        catch (failure) {
            if (!(failure instanceof src_failure/* Failure */.HR) || !failure.retryable)
                throw failure;
            world.log.debug(`Looking for the run failed: ${failure.details.seen}`);
        }
    }
    return undefined;
}
function verified(world, run, wanted) {
    if (run.run_id !== wanted)
        world.log.warn('This KFP chose a run id of its own: running the step again will not find this run, and creates another');
    return run;
}
function unknownOutcome(failure, runId) {
    return (0,src_failure/* withDetails */.FE)(failure, {
        kind: 'upstream',
        code: 'KFP_RUN_UNKNOWN',
        what: 'Cannot tell whether the run was created',
        next: `Run the step again: it attaches to run ${runId} if it exists`,
        retryable: true,
    });
}

;// CONCATENATED MODULE: ./packages/kfp/src/experiment.js

/**
 * The experiment by name, created where it is not there. Two jobs may do so at the same moment: who is second gets 409
 * and takes the other's.
 * @throws Failure `config` without a namespace in multi-user mode
 */
async function resolveExperiment(kfp, name, namespace) {
    assertNamespace(kfp, namespace);
    return ((await kfp.findExperiment(name, namespace)) ??
        (await kfp.createExperiment(name, namespace)) ??
        (await kfp.findExperiment(name, namespace)) ??
        vanished(kfp, name));
}
/** In multi-user mode the namespace of a run comes from its experiment, and lists want one (reference 1.5). */
function assertNamespace({ address }, namespace) {
    if (!address.multiUser || namespace !== '')
        return;
    throw new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'KFP_NAMESPACE',
        what: 'An input is missing',
        on: 'namespace',
        seen: 'this KFP is in multi-user mode, where every experiment belongs to the namespace of a profile',
        next: 'Give the namespace of the profile in which the pipeline shall run',
    });
}
function vanished({ address }, name) {
    throw new src_failure/* Failure */.HR({
        kind: 'conflict',
        code: 'KFP_EXPERIMENT',
        what: 'Cannot create the experiment',
        on: `${name} on ${new URL(address.api).host}`,
        seen: 'the server says that it exists, and does not list it: it may be archived or belong to another namespace',
        next: 'Check the namespace, or choose another name',
        retryable: false,
    });
}

;// CONCATENATED MODULE: ./packages/kfp/src/address.js



/** Answers that say "something is here, but not KFP": the API may stand below `/pipeline`. */
const ELSEWHERE = new Set([
    'HTTP_404',
    'HTTP_405',
    'HTTP_LOGIN_PAGE',
    'HTTP_UNEXPECTED_SHAPE',
    'HTTP_NOT_JSON',
    'HTTP_EMPTY',
]);
/**
 * Finds the API below the URL that the user gave: the API server (`http://host:8888`), the UI server, or the root of a
 * Kubeflow platform, where KFP stands below `/pipeline`.
 * @throws Failure `auth` for a login page, `upstream` when nothing there is KFP or the API server is down
 */
async function resolveAddress(http, url) {
    const base = url.replace(/\/+$/, '');
    try {
        return await probe(http, base);
    }
    catch (first) {
        if (!(first instanceof src_failure/* Failure */.HR) || !ELSEWHERE.has(first.code) || base.endsWith('/pipeline'))
            throw first;
        return probe(http, `${base}/pipeline`).catch((second) => {
            throw second instanceof src_failure/* Failure */.HR && ELSEWHERE.has(second.code) ? notHere(first, base) : second;
        });
    }
}
/** A login page has its own advice; whatever else answered is not Kubeflow Pipelines. */
function notHere(failure, base) {
    if (failure.kind === 'auth')
        return failure;
    const next = `Check \`url\`: Kubeflow Pipelines answers neither at ${base} nor below /pipeline there`;
    return (0,src_failure/* withDetails */.FE)(failure, { next });
}
async function probe(http, api) {
    const health = await http.json({
        url: `${api}/apis/v2beta1/healthz`,
        what: 'Cannot reach Kubeflow Pipelines',
        explain: explainProbe,
    }, isHealth);
    if (!health.ready)
        throw notReady(api);
    const { version, multiUser, viaUi } = health;
    return { api, root: new URL(api).origin, version, multiUser, viaUi };
}
/** healthz needs no right in Kubeflow: a refusal is that of the ingress. */
function explainProbe(response) {
    if (response.status !== 403)
        return explainFor('get runs')(response);
    const next = 'Let the ingress before KFP (Istio, oauth2-proxy) admit this token, or give what it wants in `extra-headers`';
    return { ...explainFor('get runs')(response), next };
}
function notReady(api) {
    return new src_failure/* Failure */.HR({
        kind: 'upstream',
        code: 'KFP_NOT_READY',
        what: 'Cannot reach Kubeflow Pipelines',
        on: new URL(api).host,
        seen: 'the UI server answers and says that the API server behind it does not',
        next: 'Look at the pods ml-pipeline and mysql in the namespace of KFP, then run the step again',
    });
}
/** The page of a run for a person; an API server without a UI has only its JSON. */
function runUrl({ api, viaUi }, runId) {
    const id = encodeURIComponent(runId);
    return viaUi ? `${api}/#/runs/details/${id}` : `${api}/apis/v2beta1/runs/${id}`;
}

;// CONCATENATED MODULE: ./packages/kfp/src/logs.js


const LOG_BYTES = 32 * 1024 * 1024;
const TAIL_LINES = 40;
/**
 * The last lines of a task's log; '' where it cannot be had. The API server answers 200 before it knows whether there is a
 * log, and then writes its error as JSON (run_log_server.go); the UI server has a route of its own.
 */
async function readLogTail(world, http, { address }, { runId, pod, namespace }) {
    if (pod === '')
        return '';
    const query = new URLSearchParams({ podname: pod, runid: runId });
    if (namespace !== '')
        query.set('podnamespace', namespace);
    const url = address.viaUi
        ? `${address.api}/k8s/pod/logs?${query}`
        : `${address.api}/apis/v1alpha1/runs/${encodeURIComponent(runId)}/nodes/${encodeURIComponent(pod)}/log`;
    try {
        const what = 'Cannot read the log of the task';
        const answer = await http.request({
            url,
            what,
            maxBytes: LOG_BYTES,
            retries: 1,
            explain: explainFor('get runs'),
        });
        const text = answer.body.toString('utf8').trimEnd();
        return /^\{"error_message":/.test(text) ? '' : text.split('\n').slice(-TAIL_LINES).join('\n');
    }
    catch (error) {
        if (world.signal.aborted)
            throw error;
        world.log.debug(`The log of the task cannot be read: ${messageOf(error)}`);
        return '';
    }
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
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
    return new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'METRICS_SHAPE',
        what: 'The metrics cannot be read',
        on,
        seen,
        next: 'Give a JSON object of numbers, such as {"accuracy": 0.91}',
    });
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/champion.js




const NOBODY = { metrics: undefined, name: undefined };
/**
 * Metrics of the model that serves now: given, or those of the run behind an alias of the registry.
 * A version without a run has no metrics, and so fails a gate on them.
 */
async function readChampion(inputs, world, mlflow) {
    const { champion, modelName, championAlias } = inputs;
    if (champion !== undefined)
        return { metrics: await readGiven(champion, world.context.workspace), name: undefined };
    if (modelName === undefined || mlflow === undefined)
        return NOBODY;
    const version = await mlflow.versionByAlias(modelName, championAlias);
    if (version === undefined)
        return NOBODY;
    const name = `${modelName} v${version.version}`;
    if (version.run_id === '') {
        world.log.warn(`${name} (alias ${championAlias}) was registered without a run, so it has no metrics`);
        return { metrics: {}, name };
    }
    const { metrics } = await mlflow.run(version.run_id);
    return { metrics, name };
}
async function readGiven(champion, workspace) {
    if (champion.trimStart().startsWith('{'))
        return parseMetrics(champion, 'the input `champion`');
    try {
        return parseMetrics(await (0,promises_.readFile)((0,external_node_path_.resolve)(workspace, champion), 'utf8'), 'the input `champion`');
    }
    catch (cause) {
        if (cause instanceof src_failure/* Failure */.HR)
            throw cause;
        throw new src_failure/* Failure */.HR({
            kind: 'config',
            code: 'METRICS_FILE',
            what: 'Cannot read the metrics',
            on: 'the input `champion`',
            seen: messageOf(cause),
            next: 'Give a JSON object of numbers, or the path of a file with one',
            cause,
        });
    }
}

;// CONCATENATED MODULE: ./packages/kfp/src/tasks.js
/** Every container of the workflow, in the order of starting; of a repeated task the last try. */
function tasksOf(workflow) {
    const pods = workflow.nodes.filter((node) => node.type === 'Pod' && !isDriver(node));
    const byName = new Map();
    for (const node of [...pods].sort(byStart))
        byName.set(taskName(workflow, node), toTask(workflow, node));
    return [...byName.values()];
}
/** What broke first: of a container, its driver, or the workflow itself. Undefined where nothing says so. */
function failedTaskOf(workflow) {
    const failed = workflow.nodes.filter(({ type, phase }) => type === 'Pod' && (phase === 'Failed' || phase === 'Error'));
    const [first] = failed.map((node) => toTask(workflow, node)).sort(byEnd);
    if (first !== undefined || workflow.message === '')
        return first;
    return {
        name: '',
        state: 'Failed',
        message: workflow.message,
        startedAt: undefined,
        finishedAt: undefined,
        pod: '',
    };
}
const STUCK = [
    [/^(ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|ImageInspectError)\b/, 'image'],
    [/^(CreateContainerConfigError|CreateContainerError|RunContainerError)\b/, 'config'],
    [/\bUnschedulable\b|\bFailedScheduling\b/, 'unschedulable'],
];
/** Pods that wait for something that waiting alone may never bring: the run stays RUNNING for ever (kubeflow/pipelines#12973). */
function stuckPodsOf(workflow) {
    return workflow.nodes.flatMap((node) => {
        if (node.type !== 'Pod' || node.phase !== 'Pending')
            return [];
        const cause = STUCK.find(([pattern]) => pattern.test(node.message))?.[1];
        return cause === undefined ? [] : [{ task: taskName(workflow, node), cause, message: node.message }];
    });
}
function toTask(workflow, node) {
    return {
        name: taskName(workflow, node),
        state: node.phase,
        message: node.message,
        startedAt: timeOf(node.startedAt),
        finishedAt: timeOf(node.finishedAt),
        pod: podNameOf(workflow, node),
    };
}
/** `wf.root.train.executor(0)` -> `train`; `wf.root.loop(0).train.executor` -> `loop(0)/train`. */
function taskName(workflow, node) {
    const path = node.name.startsWith(`${workflow.name}.`)
        ? node.name.slice(workflow.name.length + 1)
        : node.name;
    const parts = path.split('.');
    if (parts[0] === 'root' && parts.length > 1)
        parts.shift();
    if (parts.length > 1 && /^executor(\(\d+\))?$/.test(parts.at(-1) ?? ''))
        parts.pop();
    return parts.join('/').replace(/-driver$/, '');
}
function isDriver({ displayName, templateName }) {
    return displayName.endsWith('-driver') || /-driver$/.test(templateName);
}
/** `<workflow>-<template>-<hash>`, where the hash ends the node's id (Argo util.GeneratePodName, POD_NAMES=v2). */
function podNameOf(workflow, { id, templateName }) {
    const prefix = `${workflow.name}-${templateName}`.slice(0, 252 - 10);
    return `${prefix}-${id.slice(id.lastIndexOf('-') + 1)}`;
}
/** What has not happened is absent, or 1970. */
function timeOf(text) {
    const time = Date.parse(text);
    return Number.isNaN(time) || time <= 0 ? undefined : time;
}
function byStart(left, right) {
    return (timeOf(left.startedAt) ?? Infinity) - (timeOf(right.startedAt) ?? Infinity) || 0;
}
function byEnd(left, right) {
    return (left.finishedAt ?? Infinity) - (right.finishedAt ?? Infinity) || 0;
}

;// CONCATENATED MODULE: ./packages/kfp/src/full-run.wire.js


/** A double of proto JSON: what JSON has no number for comes as a string. */
function full_run_wire_double(value, path = '') {
    if (typeof value === 'number')
        return value;
    if (value === 'NaN' || value === 'Infinity' || value === '-Infinity')
        return Number(value);
    throw new ShapeError(path, typeof value, 'number');
}
const isArtifact = record({
    name: withDefault(string, ''),
    type: withDefault(string, ''),
    uri: withDefault(string, ''),
    number_value: optional(full_run_wire_double),
});
const isTask = record({
    name: withDefault(string, ''),
    display_name: withDefault(string, ''),
    state: withDefault(string, ''),
    type: withDefault(string, ''),
    create_time: withDefault(string, ''),
    start_time: withDefault(string, ''),
    end_time: withDefault(string, ''),
    status_metadata: withDefault(record({ message: withDefault(string, '') }), { message: '' }),
    pods: withDefault(array(record({ name: withDefault(string, ''), type: withDefault(string, '') })), []),
    outputs: withDefault(record({
        parameters: withDefault(array(record({ parameter_key: string, value: optional(unknownValue) })), []),
        artifacts: withDefault(array(record({ artifact_key: withDefault(string, ''), artifacts: withDefault(array(isArtifact), []) })), []),
    }), { parameters: [], artifacts: [] }),
});
/** `GET runs/{id}?view=FULL` of the generation without ML Metadata (kubeflow/pipelines#13986); others have no `tasks`. */
const isFullRun = record({ tasks: optional(array(isTask)) });
/** Every key of a system.Metrics output is an artifact of type Metric with a number of its own. */
function producedByTasks(tasks) {
    const artifacts = tasks.flatMap((task) => task.outputs.artifacts.flatMap(({ artifact_key, artifacts: found }) => found.map((artifact) => ({ ...artifact, task: full_run_wire_nameOf(task), key: artifact_key }))));
    return {
        metrics: artifacts.flatMap(({ task, name, number_value: value }) => value === undefined ? [] : [{ task, name, value }]),
        artifacts: artifacts
            .filter(({ uri }) => uri !== '')
            .map(({ task, key, name, type, uri }) => ({ task, name: key || name, type: `system.${type}`, uri })),
        parameters: tasks.flatMap((task) => task.outputs.parameters.map(({ parameter_key: name, value }) => ({
            task: full_run_wire_nameOf(task),
            name,
            // protobuf.Value in JSON is any JSON.
            value: (value ?? null),
        }))),
    };
}
/** Tasks that ran something, as the workflow shows them in the older generation. */
function timelineOf(tasks) {
    return tasks
        .filter(({ type }) => type === '' || type === 'RUNTIME' || type === 'IMPORTER')
        .map((task) => ({
        name: full_run_wire_nameOf(task),
        state: task.state,
        message: task.status_metadata.message,
        startedAt: timeOf(task.start_time) ?? timeOf(task.create_time),
        finishedAt: timeOf(task.end_time),
        pod: task.pods.find(({ type }) => type === 'EXECUTOR')?.name ?? task.pods[0]?.name ?? '',
    }));
}
function full_run_wire_nameOf({ name, display_name }) {
    return name || display_name;
}

;// CONCATENATED MODULE: ./packages/kfp/src/protobuf.js
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
/** @throws Error for bytes that are no message */
function decodeMessage(bytes) {
    const fields = new Map();
    let offset = 0;
    const take = (length) => {
        if (offset + length > bytes.length)
            throw new Error('a protobuf message ends too early');
        offset += length;
        return bytes.subarray(offset - length, offset);
    };
    const varint = () => {
        let value = 0n;
        for (let shift = 0n; shift < 70n; shift += 7n) {
            const byte = take(1).readUInt8();
            value |= BigInt(byte & 127) << shift;
            if (byte < 128)
                return Number(BigInt.asIntN(64, value));
        }
        throw new Error('a protobuf varint is too long');
    };
    const field = (wireType) => {
        if (wireType === VARINT)
            return varint();
        if (wireType === FIXED64)
            return take(8);
        if (wireType === BYTES)
            return take(varint());
        if (wireType === FIXED32)
            return take(4);
        throw new Error(`protobuf wire type ${wireType} is not known`);
    };
    while (offset < bytes.length) {
        const tag = varint();
        const number = Math.floor(tag / 8);
        const value = field(tag % 8);
        fields.set(number, [...(fields.get(number) ?? []), value]);
    }
    return fields;
}
/** The last value of a field, as proto3 reads repeated singular fields. */
function numberAt(message, field) {
    const value = message.get(field)?.at(-1);
    return typeof value === 'number' ? value : undefined;
}
function textAt(message, field) {
    const value = message.get(field)?.at(-1);
    return Buffer.isBuffer(value) ? value.toString('utf8') : '';
}
function doubleAt(message, field) {
    const value = message.get(field)?.at(-1);
    return Buffer.isBuffer(value) && value.length === 8 ? value.readDoubleLE() : undefined;
}
/** Undefined where the field is absent; an empty message is present. */
function messageAt(message, field) {
    return messagesAt(message, field).at(-1);
}
function messagesAt(message, field) {
    return (message.get(field) ?? []).flatMap((value) => (Buffer.isBuffer(value) ? [decodeMessage(value)] : []));
}
/** `map<string, V>`: repeated messages of key 1 and value 2. */
function mapAt(message, field) {
    return new Map(messagesAt(message, field).map((entry) => [textAt(entry, 1), messageAt(entry, 2) ?? new Map()]));
}
function encodeText(field, text) {
    const bytes = Buffer.from(text);
    return Buffer.concat([encodeVarint(field * 8 + BYTES), encodeVarint(bytes.length), bytes]);
}
function encodeNumber(field, value) {
    return Buffer.concat([encodeVarint(field * 8 + VARINT), encodeVarint(value)]);
}
function encodeVarint(value) {
    const bytes = [];
    for (let rest = value;; rest = Math.floor(rest / 128)) {
        if (rest < 128)
            return Buffer.from([...bytes, rest]);
        bytes.push((rest % 128) + 128);
    }
}

;// CONCATENATED MODULE: ./packages/kfp/src/metadata-results.js

// Field numbers: ml_metadata/proto/metadata_store.proto and google/protobuf/struct.proto.
const OUTPUT_EVENT = 4;
const METRICS_TYPE = 'system.Metrics';
/** Properties that the launcher adds and nobody measured. */
const NOT_METRICS = new Set(['display_name', 'store_session_info']);
/** What the tasks of a run have put out: metrics, artifacts, parameters; each with its task. */
function producedIn({ artifacts, executions, events }) {
    const tasks = new Map(executions.map((execution) => [numberAt(execution, 1), taskOf(execution)]));
    const outputs = new Map(events
        .filter((event) => numberAt(event, 4) === OUTPUT_EVENT)
        .map((event) => [
        numberAt(event, 1),
        { task: tasks.get(numberAt(event, 2)) ?? '', name: outputName(event) },
    ]));
    const all = artifacts.flatMap((artifact) => {
        const output = outputs.get(numberAt(artifact, 1));
        const name = output?.name || textAt(artifact, 7);
        return output === undefined ? [] : [{ artifact, task: output.task, name }];
    });
    return {
        metrics: all
            .filter(({ artifact }) => textAt(artifact, 8) === METRICS_TYPE)
            .flatMap(({ artifact, task }) => [...metricsOf(artifact)].map(([name, value]) => ({ task, name, value }))),
        artifacts: all
            .map(({ artifact, task, name }) => ({
            task,
            name,
            type: textAt(artifact, 8),
            uri: textAt(artifact, 3),
        }))
            .filter(({ uri }) => uri !== ''),
        parameters: executions.flatMap((execution) => [...parametersOf(execution)].map(([name, value]) => ({ task: taskOf(execution), name, value }))),
    };
}
function taskOf(execution) {
    const properties = mapAt(execution, 5);
    const of = (key) => textAt(properties.get(key) ?? new Map(), 3);
    return of('task_name') || of('display_name');
}
/** The step of the path with a key is the name of the output. */
function outputName(event) {
    const steps = messagesAt(messageAt(event, 3) ?? new Map(), 1);
    return steps.map((step) => textAt(step, 2)).find((key) => key !== '') ?? '';
}
function metricsOf(artifact) {
    const metrics = new Map();
    for (const properties of [mapAt(artifact, 4), mapAt(artifact, 5)])
        for (const [key, value] of properties) {
            const number = doubleAt(value, 2) ?? numberAt(value, 1);
            if (number !== undefined && !NOT_METRICS.has(key))
                metrics.set(key, number);
        }
    return metrics;
}
/** Scalar outputs lie in the custom property `outputs`, a Struct. */
function parametersOf(execution) {
    const struct = messageAt(mapAt(execution, 5).get('outputs') ?? new Map(), 4);
    return struct === undefined ? new Map() : readStruct(struct);
}
function readStruct(struct) {
    return new Map([...mapAt(struct, 1)].map(([key, value]) => [key, readValue(value)]));
}
/** google.protobuf.Value: one of null 1, number 2, string 3, bool 4, struct 5, list 6. */
function readValue(value) {
    if (value.has(2))
        return doubleAt(value, 2) ?? null;
    if (value.has(3))
        return textAt(value, 3);
    if (value.has(4))
        return numberAt(value, 4) === 1;
    const struct = messageAt(value, 5);
    if (struct !== undefined)
        return Object.fromEntries(readStruct(struct));
    const list = messageAt(value, 6);
    return list === undefined ? null : messagesAt(list, 1).map(readValue);
}

;// CONCATENATED MODULE: ./packages/kfp/src/metadata-store.js


const WHAT = 'Cannot read the metrics of the run';
/** Ids in one request for events; each is a few bytes, and servers bound the message. */
const IDS_AT_ONCE = 500;
const CONTEXT_TYPE = 'system.PipelineRun';
/**
 * Reads a run from ML Metadata over grpc-web at the root of the host, as the UI does (KFP 2.0 to 2.17).
 * @returns undefined where it knows no such run
 * @throws Failure where the service answers an error, and `config` where the host serves none
 */
async function readRunMetadata(http, root, runId) {
    const context = Buffer.concat([encodeText(1, CONTEXT_TYPE), encodeText(2, runId)]);
    const found = await callStore(http, root, 'GetContextByTypeAndName', context);
    // A run without context is an OK with an empty message, not an error.
    const id = numberAt(messageAt(found, 1) ?? new Map(), 1);
    if (id === undefined)
        return undefined;
    const byContext = encodeNumber(1, id);
    const artifacts = messagesAt(await callStore(http, root, 'GetArtifactsByContext', byContext), 1);
    const executions = messagesAt(await callStore(http, root, 'GetExecutionsByContext', byContext), 1);
    return { artifacts, executions, events: await readEvents(http, root, executions) };
}
async function readEvents(http, root, executions) {
    const ids = executions.flatMap((execution) => numberAt(execution, 1) ?? []);
    const events = [];
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
        const request = Buffer.concat(ids.slice(from, from + IDS_AT_ONCE).map((id) => encodeNumber(1, id)));
        events.push(...messagesAt(await callStore(http, root, 'GetEventsByExecutionIDs', request), 1));
    }
    return events;
}
async function callStore(http, root, method, message) {
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    const response = await http.request({
        method: 'POST',
        url: `${root}/ml_metadata.MetadataStoreService/${method}`,
        headers: {
            'content-type': 'application/grpc-web+proto',
            accept: 'application/grpc-web+proto',
            'x-grpc-web': '1',
        },
        body: Buffer.concat([head, message]),
        idempotent: true,
        what: WHAT,
        tolerate: [404, 405, 501],
    });
    if (response.status >= 400)
        throw notServed(response, `HTTP ${response.status}`);
    return readFrames(response);
}
const TRAILERS = 0x80;
const UNIMPLEMENTED = '12';
/** Frames of grpc-web: a flag byte, a big-endian length, the bytes; the trailers are a frame with the highest bit set. */
function readFrames(response) {
    const { body, headers } = response;
    let data = Buffer.alloc(0);
    let status = headers['grpc-status'];
    let text = headers['grpc-message'] ?? '';
    for (let offset = 0; offset < body.length;) {
        if (offset + 5 > body.length)
            throw notGrpc(response);
        const end = offset + 5 + body.readUInt32BE(offset + 1);
        if (end > body.length)
            throw notGrpc(response);
        const frame = body.subarray(offset + 5, end);
        if ((body.readUInt8(offset) & TRAILERS) === 0)
            data = Buffer.concat([data, frame]);
        else {
            status = /^grpc-status:\s*(\d+)/im.exec(frame.toString('utf8'))?.[1] ?? status;
            text = /^grpc-message:\s*(.*)$/im.exec(frame.toString('utf8'))?.[1] ?? text;
        }
        offset = end;
    }
    if (status === undefined)
        throw notGrpc(response);
    if (status === UNIMPLEMENTED)
        throw notServed(response, 'gRPC status 12, unimplemented');
    if (status !== '0')
        throw storeFailure(response, `gRPC status ${status}: ${text.trim()}`);
    return decodeOrRefuse(data, response);
}
function decodeOrRefuse(data, response) {
    try {
        return decodeMessage(data);
    }
    catch {
        throw notGrpc(response);
    }
}
function notGrpc(response) {
    const type = response.headers['content-type'] ?? 'no content type';
    return storeFailure(response, `HTTP ${response.status} with ${type}, which is no complete answer of grpc-web`);
}
function storeFailure({ url }, seen) {
    return new src_failure/* Failure */.HR({
        kind: 'upstream',
        code: 'KFP_METADATA',
        what: WHAT,
        on: `ML Metadata on ${new URL(url).host}`,
        seen,
        next: 'Check that the host serves /ml_metadata.MetadataStoreService (metadata-envoy), as the KFP UI needs it; then run the step again',
    });
}
/** The API server's own port serves its API alone; what passes ML Metadata on is the UI and the platform's ingress. */
function notServed({ url }, seen) {
    return new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'KFP_NO_METADATA',
        what: WHAT,
        on: new URL(url).host,
        seen: `it serves no ML Metadata, in which this KFP keeps metrics and artifacts (${seen})`,
        next: 'Give as `url` the KFP UI or the root of the Kubeflow platform, which pass /ml_metadata.MetadataStoreService on; the port of the API server does not',
    });
}

;// CONCATENATED MODULE: ./packages/kfp/src/workflow.wire.js


const isNode = record({
    id: withDefault(string, ''),
    /** Dotted path: `<workflow>.root.train.executor`. */
    name: withDefault(string, ''),
    displayName: withDefault(string, ''),
    /** DAG, Pod, Retry, Steps, Skipped, … */
    type: withDefault(string, ''),
    templateName: withDefault(string, ''),
    phase: withDefault(string, ''),
    message: withDefault(string, ''),
    startedAt: withDefault(string, ''),
    finishedAt: withDefault(string, ''),
});
const isNodes = dictionary(isNode);
const isManifest = record({
    metadata: withDefault(record({ name: withDefault(string, ''), namespace: withDefault(string, '') }), {
        name: '',
        namespace: '',
    }),
    status: withDefault(record({
        phase: withDefault(string, ''),
        message: withDefault(string, ''),
        nodes: optional(isNodes),
        /** Instead of `nodes` where they would make the object too large for etcd: gzip, then base64. */
        compressedNodes: withDefault(string, ''),
    }), { phase: '', message: '', compressedNodes: '' }),
});
const MAX_NODES_BYTES = 128 * 1024 * 1024;
/** @throws Error where the text is no workflow */
function parseWorkflow(manifest) {
    const { metadata, status } = isManifest(JSON.parse(manifest));
    const nodes = status.nodes ?? isNodes(decompress(status.compressedNodes));
    return { ...metadata, message: status.message, nodes: Object.values(nodes) };
}
function decompress(text) {
    if (text === '')
        return {};
    return JSON.parse((0,external_node_zlib_.gunzipSync)(Buffer.from(text, 'base64'), { maxOutputLength: MAX_NODES_BYTES }).toString('utf8'));
}

;// CONCATENATED MODULE: ./packages/kfp/src/observe.js



/** The manifest can have megabytes: it is read only while a task waits, and not on every look. */
const WAITING_BEFORE_LOOK_MS = 10_000;
const BETWEEN_LOOKS_MS = 30_000;
/**
 * Looks at a run: its row every time, and the workflow behind it once a task has been waiting for a while.
 * Where the workflow cannot be read, the row is all there is.
 */
function createRunObserver(world, kfp, runId) {
    let waitingSince;
    let lookedAt = -Infinity;
    let stuck = [];
    return async () => {
        const run = await kfp.findRun(runId);
        const now = world.now();
        waitingSince = run !== undefined && isWaiting(run) ? (waitingSince ?? now) : undefined;
        if (waitingSince === undefined)
            stuck = [];
        else if (now - waitingSince >= WAITING_BEFORE_LOOK_MS && now - lookedAt >= BETWEEN_LOOKS_MS) {
            lookedAt = now;
            const workflow = await readWorkflow(world, kfp, runId);
            stuck = workflow === undefined ? [] : stuckPodsOf(workflow);
        }
        return { run, stuck, now: world.now() };
    };
}
/** The generation without ML Metadata has no task details in its short answer: any of its tasks may wait. */
function isWaiting({ state, run_details, task_count }) {
    if (state === 'PENDING')
        return true;
    if (state !== 'RUNNING')
        return false;
    return task_count !== undefined || run_details.task_details.some((task) => task.state === 'PENDING');
}
/** The Argo Workflow of a run; undefined where the server shows none. Never a reason to fail. */
async function readWorkflow(world, kfp, runId) {
    try {
        const manifest = await kfp.workflowManifest(runId);
        return manifest === undefined || manifest === '' ? undefined : parseWorkflow(manifest);
    }
    catch (error) {
        if (error instanceof src_failure/* Failure */.HR && error.kind === 'cancelled')
            throw error;
        world.log.debug(`The workflow of the run cannot be read: ${messageOf(error)}`);
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/kfp/src/results.js
const NOTHING = { metrics: [], artifacts: [], parameters: [] };
/**
 * Gives each item the name by which a user refers to it: its own, or `task.name` where several tasks have that name with
 * different values. Both names are there where only one task has it, so that either can be written.
 */
function byReference(items, same) {
    const short = new Map();
    const qualified = new Map();
    const ambiguous = new Set();
    for (const item of items) {
        qualified.set(`${item.task}.${item.name}`, item);
        const other = short.get(item.name);
        if (other === undefined)
            short.set(item.name, item);
        else if (!same(other, item))
            ambiguous.add(item.name);
    }
    for (const name of ambiguous)
        short.delete(name);
    return { short, qualified, ambiguous: [...ambiguous] };
}
/**
 * The numbers of a run: its metrics, and its numeric output parameters where no metric has that name.
 * A name that stands for different values is only there as `task.name`.
 */
function metricsByName({ metrics, parameters }) {
    const numbers = parameters.flatMap(({ task, name, value }) => typeof value === 'number' ? [{ task, name, value }] : []);
    const named = new Set(metrics.map(({ name }) => name));
    const all = [...metrics, ...numbers.filter(({ name }) => !named.has(name))];
    const { short, qualified, ambiguous } = byReference(all, (left, right) => Object.is(left.value, right.value));
    const doubtful = new Set(ambiguous);
    const entries = [
        ...[...short].map(([name, { value }]) => [name, value]),
        ...[...qualified]
            .filter(([, { name }]) => doubtful.has(name))
            .map(([name, { value }]) => [name, value]),
    ];
    return { metrics: Object.fromEntries(entries), ambiguous };
}
/** URIs of output artifacts, named as metrics are. Metrics have a URI too, under which there is often nothing. */
function artifactsByName({ artifacts }) {
    const { short, qualified, ambiguous } = byReference(artifacts, (left, right) => left.uri === right.uri);
    const doubtful = new Set(ambiguous);
    const entries = [
        ...[...short].map(([name, { uri }]) => [name, uri]),
        ...[...qualified]
            .filter(([, { name }]) => doubtful.has(name))
            .map(([name, { uri }]) => [name, uri]),
    ];
    return Object.fromEntries(entries);
}

;// CONCATENATED MODULE: ./packages/kfp/src/read-results.js








/**
 * Reads outputs and tasks of a run from whatever this generation of KFP keeps them in: the full view, else ML Metadata;
 * times and messages of tasks from the full view, else from the workflow. Never throws for what cannot be read, except
 * when the step is cancelled.
 */
async function readResults(world, http, kfp, runId) {
    const { address } = kfp;
    const workflow = await readWorkflow(world, kfp, runId);
    const rest = {
        tasks: workflow === undefined ? [] : tasksOf(workflow),
        failed: workflow && failedTaskOf(workflow),
        namespace: workflow?.namespace ?? '',
    };
    try {
        const url = `${address.api}/apis/v2beta1/runs/${encodeURIComponent(runId)}?view=FULL`;
        const what = 'Cannot read the results of the run';
        const { tasks } = await http.json({ url, what, explain: explainFor('get runs') }, isFullRun);
        if (tasks !== undefined) {
            const timeline = timelineOf(tasks);
            const failed = rest.failed ?? timeline.find(({ state }) => state === 'FAILED');
            return {
                ...rest,
                failed,
                tasks: timeline,
                produced: producedByTasks(tasks),
                source: 'view=FULL',
                trouble: undefined,
            };
        }
        const metadata = await readRunMetadata(http, address.root, runId);
        if (metadata === undefined)
            return { ...rest, produced: NOTHING, source: 'none', trouble: undefined };
        return { ...rest, produced: producedIn(metadata), source: 'ML Metadata', trouble: undefined };
    }
    catch (error) {
        if (world.signal.aborted || !(error instanceof src_failure/* Failure */.HR))
            throw error;
        world.log.debug(`Metrics and artifacts of the run cannot be read: ${error.message}`);
        return { ...rest, produced: NOTHING, source: 'none', trouble: error };
    }
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/collect.js



async function collect(world, connection, runId) {
    const { http, kfp, mlflow } = connection;
    const results = await readResults(world, http, kfp, runId);
    const { produced, source, trouble } = results;
    const { metrics, ambiguous } = metricsByName(produced);
    for (const name of ambiguous)
        world.log.warn(`Several tasks have put out ${name} with different values: write it as <task>.${name}`);
    const models = [
        ...new Set(produced.artifacts.filter(({ type }) => type === 'system.Model').map(({ uri }) => uri)),
    ];
    const outputParameters = Object.fromEntries(produced.parameters.map(({ name, value }) => [name, value]));
    const collected = {
        metrics,
        artifacts: artifactsByName(produced),
        modelUri: models.length === 1 ? models[0] : undefined,
        outputParameters,
        source,
        trouble,
        results,
    };
    // Training code that only knows MLflow logs its metrics there, and gives the run's id as an output.
    const mlflowRun = outputParameters['mlflow_run_id'];
    if (Object.keys(metrics).length > 0 ||
        mlflow === undefined ||
        typeof mlflowRun !== 'string' ||
        mlflowRun === '')
        return collected;
    try {
        return { ...collected, metrics: (await mlflow.run(mlflowRun)).metrics, source: 'MLflow' };
    }
    catch (thrown) {
        if (world.signal.aborted)
            throw thrown;
        return { ...collected, trouble: toFailure(thrown) };
    }
}
/** @throws what kept the metrics from being read, where a gate would be judged without them */
function judgeGates(gates, { metrics, trouble }, { metrics: champion }) {
    if (gates.length > 0 && trouble !== undefined)
        throw trouble;
    return evaluateGates(gates, { metrics, champion });
}
/** JSON has no NaN: a metric that is no finite number is written as MLflow writes it. */
function toJson(metrics) {
    return Object.fromEntries(Object.entries(metrics).flatMap(([name, value]) => value === undefined ? [] : [[name, Number.isFinite(value) ? value : String(value)]]));
}

;// CONCATENATED MODULE: ./packages/kfp/src/filter.js
/**
 * The `filter` of a list call for one exact name. The server unescapes the decoded parameter once more
 * (list_request_util.go parseAPIFilter), so it is encoded here, and again as part of the query.
 */
function equals(key, value) {
    const predicates = [{ key, operation: 'EQUALS', string_value: value }];
    return encodeURIComponent(JSON.stringify({ predicates }));
}

;// CONCATENATED MODULE: ./packages/kfp/src/client.js



/** A manifest of a large workflow has megabytes. */
const MANIFEST_BYTES = 64 * 1024 * 1024;
/** The v2beta1 API (kubeflow/pipelines backend/api/v2beta1/*.proto), as far as running a pipeline needs it. */
function createKfp(http, address) {
    const at = (path, query = {}) => withQuery(`${address.api}/apis/v2beta1${path}`, query);
    return { address, ...experimentCalls(http, at), ...pipelineCalls(http, at), ...runCalls(http, at, address) };
}
const id = encodeURIComponent;
function experimentCalls(http, at) {
    return {
        async findExperiment(name, namespace) {
            const url = at('/experiments', { namespace, filter: equals('display_name', name), page_size: '2' });
            const request = { url, what: 'Cannot look up the experiment', explain: explainFor('list experiments') };
            const { experiments } = await http.json(request, isExperimentList);
            return experiments.find((experiment) => experiment.display_name === name);
        },
        createExperiment: (name, namespace) => http.json({
            method: 'POST',
            url: at('/experiments'),
            body: { json: { display_name: name, ...(namespace === '' ? {} : { namespace }) } },
            what: 'Cannot create the experiment',
            tolerate: [409],
            explain: explainFor('create experiments'),
        }, isExperiment),
    };
}
function pipelineCalls(http, at) {
    const list = async (pipelineId, query) => {
        const url = at(`/pipelines/${id(pipelineId)}/versions`, query);
        const request = { url, what: READ_VERSION, explain: explainFor('list pipelineversions') };
        return (await http.json(request, isPipelineVersionList)).pipeline_versions;
    };
    return {
        findPipeline: (name, namespace) => http.json({
            url: at(`/pipelines/names/${id(name)}`, { namespace }),
            what: 'Cannot look up the pipeline',
            tolerate: [404],
            explain: explainFor('get pipelines'),
        }, isPipeline),
        async findVersion(pipelineId, name) {
            const found = await list(pipelineId, { filter: equals('display_name', name), page_size: '2' });
            return found.find((version) => version.display_name === name || version.name === name);
        },
        async latestVersion(pipelineId) {
            const [newest] = await list(pipelineId, { sort_by: 'created_at desc', page_size: '1' });
            return newest;
        },
        version: (pipelineId, versionId) => http.json({
            url: at(`/pipelines/${id(pipelineId)}/versions/${id(versionId)}`),
            what: READ_VERSION,
            explain: explainFor('get pipelineversions'),
        }, isPipelineVersion),
    };
}
const READ_VERSION = 'Cannot look up the pipeline version';
function runCalls(http, at, { api }) {
    return {
        createRun: (run, explain) => http.json({ method: 'POST', url: at('/runs'), body: { json: run }, what: 'Cannot create the run', explain }, isRun),
        findRun: (runId) => http.json({
            url: at(`/runs/${id(runId)}`),
            what: 'Cannot read the run',
            tolerate: [404],
            explain: explainFor('get runs'),
        }, isRun),
        async workflowManifest(runId) {
            const url = `${api}/apis/v1beta1/runs/${id(runId)}`;
            const what = 'Cannot read the workflow of the run';
            const request = { url, what, maxBytes: MANIFEST_BYTES, explain: explainFor('get runs') };
            const answer = await http.json({ ...request, tolerate: [404, 501] }, isRunV1);
            return answer?.pipeline_runtime.workflow_manifest;
        },
        async terminate(runId) {
            const answer = await http.request({
                method: 'POST',
                url: at(`/runs/${id(runId)}:terminate`),
                what: 'Cannot terminate the run',
                idempotent: true,
                // 400 "Row not found": it has ended.
                tolerate: [400, 404],
                explain: explainFor('terminate runs'),
            });
            return answer.status < 400;
        },
    };
}
function withQuery(url, query) {
    const parameters = new URLSearchParams();
    for (const [key, value] of Object.entries(query))
        if (value !== '')
            parameters.set(key, value);
    return parameters.size === 0 ? url : `${url}?${parameters}`;
}

;// CONCATENATED MODULE: ./packages/mlflow/src/mlflow.wire.js

// Fields: mlflow/protos/service.proto and model_registry.proto, and what a 3.17.2 server really answers. Empty lists are left out.
/** NaN and infinities are strings; the SQL store gives an infinity back as the largest double. */
const metricValue = (value, path = '') => {
    if (typeof value === 'number')
        return Math.abs(value) === Number.MAX_VALUE ? Math.sign(value) * Infinity : value;
    if (value === 'NaN' || value === 'Infinity' || value === '-Infinity')
        return Number(value);
    throw new ShapeError(path, typeof value, 'number');
};
const isTags = withDefault(array(record({ key: string, value: withDefault(string, '') })), []);
const isRunAnswer = record({
    run: record({
        info: record({
            run_id: string,
            status: withDefault(string, ''),
            artifact_uri: withDefault(string, ''),
            lifecycle_stage: withDefault(string, 'active'),
        }),
        data: withDefault(record({
            metrics: withDefault(array(record({ key: string, value: metricValue })), []),
            tags: isTags,
        }), { metrics: [], tags: [] }),
    }),
});
const isModelVersion = record({
    name: string,
    version: string,
    source: withDefault(string, ''),
    run_id: withDefault(string, ''),
    model_id: optional(string),
    status: withDefault(string, 'READY'),
    status_message: withDefault(string, ''),
    aliases: withDefault(array(string), []),
    tags: isTags,
});
const isVersionAnswer = record({ model_version: isModelVersion });
const isVersionsAnswer = record({ model_versions: withDefault(array(isModelVersion), []) });
const isModelAnswer = record({ registered_model: record({ name: string }) });
const isUriAnswer = record({ artifact_uri: string });
const isNothing = record({});
/** Errors of the REST API; the code decides, since RESOURCE_ALREADY_EXISTS and an unknown alias are both 400. */
const isMlflowError = record({ error_code: string, message: withDefault(string, '') });

;// CONCATENATED MODULE: ./packages/mlflow/src/call.js


/** `error_code` -> what it means to us, where the status would mislead (mlflow/exceptions.py ERROR_CODE_TO_HTTP_STATUS). */
const KINDS = {
    INVALID_PARAMETER_VALUE: 'config',
    BAD_REQUEST: 'config',
    RESOURCE_ALREADY_EXISTS: 'conflict',
    RESOURCE_DOES_NOT_EXIST: 'not-found',
    NOT_FOUND: 'not-found',
    ENDPOINT_NOT_FOUND: 'not-found',
    PERMISSION_DENIED: 'auth',
    UNAUTHENTICATED: 'auth',
    CUSTOMER_UNAUTHORIZED: 'auth',
    REQUEST_LIMIT_EXCEEDED: 'rate-limit',
    RESOURCE_EXHAUSTED: 'rate-limit',
};
/** Sends a call. @throws Failure, in MLflow's own words */
async function call_send(http, options, call, validate) {
    const answer = await trySend(http, options, call, validate);
    if ('value' in answer)
        return answer.value;
    throw answer.failure;
}
/**
 * Sends a call whose refusal may be an answer: what MLflow itself refuses comes back with its `error_code`.
 * @throws Failure for everything that is not MLflow's own refusal: network, login page, HTML 404
 */
async function trySend(http, { url }, call, validate) {
    let error;
    const { method = 'GET', path, query, body, what, idempotent } = call;
    const request = {
        method,
        url: `${url.replace(/\/+$/, '')}/api/2.0/mlflow/${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`,
        body: body === undefined ? undefined : { json: body },
        what,
        idempotent,
        explain: (response) => {
            error = call_readError(response);
            return error === undefined ? explainForeign(response) : explainError(error);
        },
    };
    try {
        return { value: await http.json(request, validate) };
    }
    catch (failure) {
        if (error !== undefined && failure instanceof src_failure/* Failure */.HR)
            return { error, failure };
        throw failure;
    }
}
function call_readError({ body }) {
    try {
        return isMlflowError(JSON.parse(body.toString('utf8')));
    }
    catch {
        return undefined;
    }
}
function explainError({ error_code, message }) {
    const kind = KINDS[error_code];
    return { seen: `${error_code}: ${message}`, ...(kind === undefined ? {} : { kind }) };
}
/** Plain text of the built-in authentication, or a page of the web framework: not the API's own words. */
function explainForeign({ status }) {
    if (status === 401)
        return {
            next: 'Give MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, to the step',
        };
    if (status === 403)
        return {
            next: 'Grant this user READ on the experiment and the model; or add the host to --allowed-hosts of the server',
        };
    return undefined;
}

;// CONCATENATED MODULE: ./packages/mlflow/src/client.js


function createMlflow(http, options) {
    return { ...readCalls(http, options), ...writeCalls(http, options) };
}
const ABSENT = new Set(['RESOURCE_DOES_NOT_EXIST', 'NOT_FOUND']);
function readCalls(http, options) {
    const what = 'Cannot look up the model version';
    return {
        async run(runId) {
            const query = { run_id: runId };
            const { run } = await call_send(http, options, { path: 'runs/get', query, what: 'Cannot read the MLflow run' }, isRunAnswer);
            const { info, data } = run;
            return {
                id: info.run_id,
                status: info.status,
                artifactUri: info.artifact_uri,
                metrics: Object.fromEntries(data.metrics.map(({ key, value }) => [key, value])),
                tags: new Map(data.tags.map(({ key, value }) => [key, value])),
            };
        },
        async versionByAlias(name, alias) {
            const query = { name, alias };
            const path = 'registered-models/alias';
            const answer = await trySend(http, options, { path, query, what: 'Cannot look up the alias' }, isVersionAnswer);
            if ('value' in answer)
                return answer.value.model_version;
            const { error, failure } = answer;
            if (ABSENT.has(error.error_code) || isUnknownAlias(error))
                return undefined;
            throw failure;
        },
        async version(name, version) {
            const query = { name, version };
            const answer = await trySend(http, options, { path: 'model-versions/get', query, what }, isVersionAnswer);
            if ('value' in answer)
                return answer.value.model_version;
            if (ABSENT.has(answer.error.error_code))
                return undefined;
            throw answer.failure;
        },
        async versionsByTag(name, key, value) {
            const filter = `name=${quote(name)} and tag.\`${key}\`=${quote(value)}`;
            const query = { filter, max_results: '100' };
            const answer = await call_send(http, options, { path: 'model-versions/search', query, what }, isVersionsAnswer);
            return answer.model_versions;
        },
        async downloadUri(name, version) {
            const query = { name, version };
            const path = 'model-versions/get-download-uri';
            return (await call_send(http, options, { path, query, what }, isUriAnswer)).artifact_uri;
        },
    };
}
function writeCalls(http, options) {
    const method = 'POST';
    return {
        async createModel(name) {
            const call = {
                method,
                path: 'registered-models/create',
                body: { name },
                what: 'Cannot create the registered model',
            };
            const answer = await trySend(http, options, call, isModelAnswer);
            if ('failure' in answer && answer.error.error_code !== 'RESOURCE_ALREADY_EXISTS')
                throw answer.failure;
        },
        async createVersion({ name, source, runId, tags, description }) {
            const body = {
                name,
                source,
                run_id: runId,
                tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
                description,
            };
            const call = {
                method,
                path: 'model-versions/create',
                body,
                what: 'Cannot register the model version',
            };
            return (await call_send(http, options, call, isVersionAnswer)).model_version;
        },
        async setVersionTag(name, version, key, value) {
            const body = { name, version, key, value };
            const what = 'Cannot tag the model version';
            await call_send(http, options, { method, path: 'model-versions/set-tag', body, what, idempotent: true }, isNothing);
        },
        async setAlias(name, alias, version) {
            const body = { name, alias, version };
            const what = 'Cannot set the alias';
            await call_send(http, options, { method, path: 'registered-models/alias', body, what, idempotent: true }, isNothing);
        },
    };
}
/** An unknown alias of a known model is INVALID_PARAMETER_VALUE: only the text tells it from an alias that cannot be. */
function isUnknownAlias({ error_code, message }) {
    return error_code === 'INVALID_PARAMETER_VALUE' && /alias .* not found/i.test(message);
}
/** A string of MLflow's filter language, in the quotes that it does not contain. */
function quote(text) {
    return text.includes("'") ? `"${text.replaceAll('"', '')}"` : `'${text}'`;
}

;// CONCATENATED MODULE: ./packages/runner/src/ca-cert.js



/**
 * The input `ca-cert`: PEM text as it is, or what stands in the file that it names.
 * @throws Failure `config` where there is no such file
 */
async function readCaCert(given, workspace) {
    if (given === undefined || given.includes('-----BEGIN CERTIFICATE-----'))
        return given;
    return (0,promises_.readFile)((0,external_node_path_.resolve)(workspace, given), 'utf8').catch((cause) => {
        throw new src_failure/* Failure */.HR({
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

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/connect.js




async function connect(inputs, world, deadline) {
    const caCert = await readCaCert(inputs.caCert, world.context.workspace);
    const shared = { caCert, requestTimeout: inputs.requestTimeout, deadline };
    const options = {
        ...shared,
        headers: { ...Object.fromEntries(inputs.extraHeaders), ...bearer(inputs.token) },
        trustedOrigins: [inputs.url],
    };
    const http = createHttp(world, options);
    const address = await resolveAddress(http, inputs.url);
    world.log.info(`Kubeflow Pipelines ${address.version} at ${address.api}`);
    return {
        http,
        kfp: createKfp(http, address),
        mlflow: inputs.mlflowUrl === undefined ? undefined : connectMlflow(inputs, world, inputs.mlflowUrl, shared),
        aws: createHttp(world, shared),
        again: (fresh) => createKfp(createHttp(fresh, { ...options, retries: 1, deadline: undefined }), address),
    };
}
function connectMlflow(inputs, world, url, shared) {
    const headers = mlflowCredentials(inputs, world);
    return createMlflow(createHttp(world, { ...shared, headers, trustedOrigins: [url] }), { url });
}
/** MLflow's own variables, by its own order: a password wins over a token (mlflow/utils/rest_utils.py). */
function mlflowCredentials({ mlflowToken }, { env, mask }) {
    if (mlflowToken !== undefined)
        return bearer(mlflowToken);
    const user = env['MLFLOW_TRACKING_USERNAME'] ?? '';
    const password = env['MLFLOW_TRACKING_PASSWORD'] ?? '';
    const token = env['MLFLOW_TRACKING_TOKEN'] ?? '';
    for (const given of [password, token])
        if (given !== '')
            mask(given);
    if (user !== '' && password !== '') {
        const basic = Buffer.from(`${user}:${password}`).toString('base64');
        mask(basic);
        return { authorization: `Basic ${basic}` };
    }
    return token === '' ? {} : bearer(token);
}
function bearer(token) {
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/report.js


/** The verdict first, then why and what to do, then metrics and gates, then the tasks as a picture, then details folded. */
function reportRun(report) {
    return [
        `## ${heading(report)}`,
        '',
        ...reason(report),
        ...unreadNote(report),
        ...metricTable(report),
        ...gantt(report.tasks),
        ...taskTable(report.tasks),
        ...artifactList(report),
        ...logTail(report.log),
    ].join('\n');
}
function heading({ pipeline, outcome, verdicts, failure }) {
    const name = escapeMarkdown(pipeline);
    const failed = verdicts.filter(({ passed }) => !passed).length;
    if (outcome === 'succeeded' && failed > 0)
        return `❌ ${name} trained, and ${failed} of ${verdicts.length} gates did not pass: nothing was deployed`;
    if (outcome === 'succeeded' && failure !== undefined)
        return `❌ ${name} trained: ${escapeMarkdown(failure.details.what)}`;
    if (outcome === 'succeeded') {
        if (verdicts.length === 0)
            return `✅ ${name} trained`;
        return `✅ ${name} trained and passed ${verdicts.length === 1 ? 'its gate' : `all ${verdicts.length} gates`}`;
    }
    if (outcome === 'terminated')
        return `❌ ${name} was terminated: nothing was deployed`;
    return `❌ ${name}: ${escapeMarkdown(failure?.details.what ?? 'the run failed')}`;
}
function reason({ failure, url, runId, created, waited }) {
    const how = created ? 'created' : 'found from an earlier attempt';
    const run = `Run [${inlineCode(runId)}](${encodeURI(url)}), ${how}; waited **${formatDuration(waited)}**.`;
    if (failure === undefined)
        return [run, ''];
    const lines = (text) => text.split('\n').slice(0, 20).map(escapeMarkdown).join('<br>');
    return [
        `**Why:** ${lines(failure.details.seen)}`,
        '',
        `**Do this:** ${adviceMarkdown(failure.details.next)}`,
        '',
        run,
        '',
    ];
}
function unreadNote({ unread, failure }) {
    if (unread === undefined || failure !== undefined)
        return [];
    return [`⚠️ Metrics and artifacts could not be read: ${escapeMarkdown(unread)}.`, ''];
}
function metricTable({ metrics, champion, verdicts, source }) {
    const names = Object.keys(metrics);
    if (names.length === 0 && verdicts.length === 0)
        return [];
    const theirs = champion.metrics ?? {};
    const rows = names.slice(0, 100).map((name) => {
        const gates = verdicts.filter(({ gate }) => [...gate.left, ...gate.right].some(({ operand }) => operand.kind === 'metric' && operand.name === name));
        return `| ${inlineCode(name)} | ${cell(theirs[name])} | **${cell(metrics[name])}** | ${gates.map(verdictCell).join('<br>')} |`;
    });
    const missing = verdicts.filter(({ gate, passed }) => !passed && !names.some((name) => gate.source.includes(name)));
    const champions = escapeMarkdown(champion.name ?? 'champion');
    return [
        `| metric | ${champions} | this run | gate |`,
        '|:--|--:|--:|:--|',
        ...rows,
        ...missing.map((verdict) => `|  |  |  | ${verdictCell(verdict)} |`),
        '',
        ...(names.length > 100 ? [`${names.length - 100} more metrics stand in the report.`, ''] : []),
        ...(source === 'none' ? ['KFP has no metrics of this run.', ''] : []),
    ];
}
function verdictCell({ gate, passed, seen }) {
    return `${passed ? '✅' : '❌'} ${inlineCode(gate.source)} (${escapeMarkdown(seen)})`;
}
function cell(value) {
    return value === undefined ? '' : escapeMarkdown(String(value));
}
const MOST_TASKS = 60;
/** Mermaid takes colons, commas, semicolons and # for syntax, so only plain words get in. */
function gantt(tasks) {
    const timed = tasks.filter(({ startedAt }) => startedAt !== undefined).slice(0, MOST_TASKS);
    if (timed.length === 0)
        return [];
    const latest = Math.max(...timed.map(({ startedAt = 0, finishedAt = startedAt }) => finishedAt));
    const lines = timed.map(({ name, state, startedAt = 0, finishedAt }) => {
        const word = name.replace(/[^\w/ -]/g, '_').slice(0, 60) || 'task';
        const took = Math.max(0, (finishedAt ?? latest) - startedAt);
        const isBroken = /^(failed|error)$/i.test(state);
        const tags = [
            // A bar without length is not drawn; the times of Argo are whole seconds.
            ...(took === 0 ? ['milestone'] : []),
            ...(isBroken ? ['crit'] : finishedAt === undefined ? ['active'] : []),
        ];
        return `  ${word} :${[...tags, startedAt, `${took}ms`].join(', ')}`;
    });
    return ['```mermaid', 'gantt', '  dateFormat x', '  axisFormat %H:%M:%S', ...lines, '```', ''];
}
function taskTable(tasks) {
    if (tasks.length === 0)
        return [];
    const rows = tasks.slice(0, MOST_TASKS).map(({ name, state, message, startedAt, finishedAt }) => {
        const took = startedAt === undefined || finishedAt === undefined ? '' : formatDuration(finishedAt - startedAt);
        return `| ${inlineCode(name)} | ${escapeMarkdown(state)} | ${took} | ${escapeMarkdown(message)} |`;
    });
    const more = tasks.length > MOST_TASKS ? ['', `${tasks.length - MOST_TASKS} more tasks.`] : [];
    return ['| task | state | took | |', '|:--|:--|--:|:--|', ...rows, ...more, ''];
}
function artifactList({ artifacts, downloaded }) {
    const uris = Object.entries(artifacts).map(([name, uri]) => `| ${inlineCode(name)} | ${inlineCode(uri)} |`);
    if (uris.length === 0)
        return [];
    const files = downloaded.length === 0 ? [] : ['', `Downloaded: ${downloaded.slice(0, 50).map(inlineCode).join(', ')}`];
    return [
        '<details><summary>Artifacts</summary>',
        '',
        '| artifact | URI |',
        '|:--|:--|',
        ...uris.slice(0, 100),
        ...files,
        '',
        '</details>',
        '',
    ];
}
function logTail(log) {
    if (log === '')
        return [];
    return [
        '<details><summary>Last lines of the failed task</summary>',
        '',
        codeFence(log, 'text', { maxLines: 40, maxLineLength: 500 }),
        '',
        '</details>',
        '',
    ];
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/describe.js




/** A report of nothing yet but the run. */
function frameOf({ submission, connection, created }, runId, waited) {
    return {
        pipeline: submission.pipeline,
        runId,
        url: runUrl(connection.kfp.address, runId),
        outcome: 'given up',
        created,
        waited,
        tasks: [],
        metrics: {},
        source: '',
        champion: NO_CHAMPION,
        verdicts: [],
        artifacts: {},
        downloaded: [],
        failure: undefined,
        unread: undefined,
        log: '',
    };
}
const NO_CHAMPION = { metrics: undefined, name: undefined };
function partsOf({ metrics, artifacts, source, results, trouble }) {
    return { metrics, artifacts, source, tasks: results.tasks, unread: trouble?.details.seen };
}
function fail(step, report, failure, collected) {
    const { outputs, report: data } = describe_describe(step, { ...report, failure }, collected);
    return (0,src_failure/* withDetails */.FE)(failure, {
        outputs,
        summary: reportRun({ ...report, failure }),
        ...(data === undefined ? {} : { report: data }),
    });
}
const describe_STATES = {
    succeeded: 'SUCCEEDED',
    failed: 'FAILED',
    terminated: 'CANCELED',
    'given up': undefined,
};
function describe_describe(step, report, collected) {
    const { submission, created, gates: asked } = step;
    const metrics = toJson(report.metrics);
    const champion = report.champion.metrics === undefined ? undefined : toJson(report.champion.metrics);
    const gates = report.verdicts.map(toGateOutput);
    const judged = asked.length === 0 || gates.length > 0;
    const outputs = {
        'run-id': report.runId,
        'run-url': report.url,
        state: describe_STATES[report.outcome],
        changed: created,
        metrics,
        'champion-metrics': champion,
        'gate-passed': judged && report.outcome === 'succeeded' ? gates.every(({ passed }) => passed) : undefined,
        gates: judged ? gates : undefined,
        artifacts: report.artifacts,
        'output-parameters': collected.outputParameters,
        'model-uri': collected.modelUri,
    };
    const facts = { ...factsOf(submission), metrics, artifacts: report.artifacts };
    return {
        outputs,
        summary: reportRun(report),
        report: {
            ...facts,
            'run-id': report.runId,
            'run-url': report.url,
            state: describe_STATES[report.outcome] ?? null,
            'metrics-from': report.source,
            champion: champion ?? null,
            gates,
            'output-parameters': collected.outputParameters,
            downloaded: report.downloaded,
            tasks: report.tasks.map(({ name, state, message, startedAt = null, finishedAt = null }) => ({
                name,
                state,
                message,
                startedAt,
                finishedAt,
            })),
            'waited-seconds': Math.round(report.waited / 1_000),
        },
        lineage: { ...facts, run: { id: report.runId, url: report.url } },
    };
}
function factsOf({ pipeline, source, parameters }) {
    return { pipeline: { name: pipeline, ...source }, parameters };
}
function toGateOutput({ gate, passed, seen }) {
    return { gate: gate.source, passed, seen };
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/ending.js

const ADVICE = [
    [/OOMKilled|exit code 137/, 'Give the task more memory (set_memory_limit), or let it need less'],
    [/ImagePull|ErrImage|InvalidImageName/, 'Check that the image exists, and that the cluster may pull it'],
    [/[Uu]nschedulable|FailedScheduling/, 'Check requests and node selectors of the task against the nodes'],
    [
        /deadline|Max duration/,
        'The pipeline or the task has a deadline of its own; raise it, or make the work smaller',
    ],
    [/evict/i, 'The node took the pod away; run the step again, or ask for what the task really needs'],
];
/**
 * Why a run has ended without success, as its user needs it.
 * @param log the last lines of the failed task; '' when they are not wanted or not there
 */
function endingFailure(ended, url, task, log) {
    if (ended.outcome === 'terminated') {
        return new src_failure/* Failure */.HR({
            kind: 'conflict',
            code: 'KFP_RUN_TERMINATED',
            what: 'The run was terminated',
            on: url,
            seen: 'somebody ended it before it was done (CANCELING stands in its history)',
            next: 'Run the step again: it starts a new run',
        });
    }
    const message = task?.message || 'it gives no reason';
    const where = task === undefined || task.name === '' ? 'the run' : `task ${task.name}`;
    const advice = ADVICE.find(([pattern]) => pattern.test(message))?.[1];
    const look = log === ''
        ? 'Read the log of the task in the UI, or set include-pod-logs: true'
        : 'Read its last lines here';
    return new src_failure/* Failure */.HR({
        kind: 'workload',
        code: 'KFP_RUN_FAILED',
        what: task === undefined || task.name === '' ? 'The run failed' : `Task ${task.name} failed`,
        on: url,
        seen: [`${where}: ${message}`, ...(log === '' ? [] : log.split('\n').slice(-10))].join('\n'),
        next: `${advice ?? look}. Nothing was deployed`,
    });
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

;// CONCATENATED MODULE: ./packages/kfp/src/evaluate.js


const MISSES_UNTIL_DELETED = 3;
/** Pods with retries or init containers can outlive a terminate (kubeflow/pipelines#4692). */
const CANCELING_LIMIT_MS = 300_000;
/** Judges looks at one run, one after the other; remembers only since when something has been so. */
function createRunJudge(want) {
    const memory = { misses: 0, cancelingSince: undefined, stuckSince: new Map() };
    return (look) => judge(look, want, memory);
}
function judge({ run, stuck, now }, want, memory) {
    if (run === undefined) {
        memory.misses += 1;
        return memory.misses >= MISSES_UNTIL_DELETED
            ? verdict_failed(deleted(want.runId))
            : pending('the server does not know the run');
    }
    memory.misses = 0;
    if (run.state === 'RUNTIME_STATE_UNSPECIFIED' && run.error !== undefined)
        return verdict_failed(unreadable(run));
    const outcome = outcomeOf(run);
    if (outcome !== undefined)
        return done({ outcome, run });
    if (run.state === 'CANCELING')
        return judgeCanceling(run, now, memory);
    const pod = lastingly(stuck, now, want, memory);
    return pod === undefined ? pending(describeProgress(run, stuck)) : verdict_failed(stuckFailure(run.run_id, pod));
}
/** Undefined while it goes on. SKIPPED is never seen at run level, and would be a success without work. */
function outcomeOf({ state, state_history }) {
    switch (state) {
        case 'SUCCEEDED':
        case 'SKIPPED':
            return 'succeeded';
        case 'CANCELED':
            return 'terminated';
        case 'FAILED':
            return state_history.some((entry) => entry.state === 'CANCELING') ? 'terminated' : 'failed';
        default:
            return undefined;
    }
}
function judgeCanceling(run, now, memory) {
    memory.cancelingSince ??= now;
    if (now - memory.cancelingSince < CANCELING_LIMIT_MS)
        return pending('it is being terminated');
    return done({ outcome: 'terminated', run });
}
/** A pod that has been stuck for longer than its cause allows. */
function lastingly(stuck, now, want, { stuckSince }) {
    const tasks = new Set(stuck.map(({ task }) => task));
    for (const task of [...stuckSince.keys()])
        if (!tasks.has(task))
            stuckSince.delete(task);
    for (const { task } of stuck)
        if (!stuckSince.has(task))
            stuckSince.set(task, now);
    return stuck.find((pod) => {
        if (/^InvalidImageName\b/.test(pod.message))
            return true;
        const grace = pod.cause === 'unschedulable' ? want.scheduleGrace : want.pullGrace;
        return now - (stuckSince.get(pod.task) ?? now) >= grace;
    });
}
function describeProgress(run, stuck) {
    const [pod] = stuck;
    if (pod !== undefined)
        return `${run.state}: task ${pod.task} waits: ${pod.message}`;
    const archived = run.storage_state === 'ARCHIVED' ? ' (it was archived)' : '';
    if (run.state === 'PENDING')
        return `PENDING${archived}: the workflow controller has not started it (quota, service account or a busy controller)`;
    if (run.state === 'PAUSED')
        return `PAUSED${archived}: somebody has to resume it`;
    const names = runningTasks(run.run_details.task_details);
    const state = run.state === 'RUNTIME_STATE_UNSPECIFIED' ? 'no state yet' : run.state;
    return `${state}${archived}${names.length === 0 ? '' : `: ${names.join(', ')}`}`;
}
/** Details name every Argo node: drivers, `root`, `executor` and the workflow itself are no tasks to a person. */
function runningTasks(details) {
    const names = details
        .filter(({ state }) => state === 'RUNNING')
        .map(({ display_name }) => display_name)
        .filter((name) => !/^(root|executor(\(\d+\))?)$|-driver$|-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name));
    return [...new Set(names)];
}
function deleted(runId) {
    return new src_failure/* Failure */.HR({
        kind: 'not-found',
        code: 'KFP_RUN_DELETED',
        what: 'The run is gone',
        on: `run ${runId}`,
        seen: `the server did not know it ${MISSES_UNTIL_DELETED} times in a row`,
        next: 'Somebody deleted it, or a retention time is shorter than the training; run the step again',
    });
}
function unreadable(run) {
    return new src_failure/* Failure */.HR({
        kind: 'upstream',
        code: 'KFP_RUN_UNREADABLE',
        what: 'The server cannot show the run',
        on: `run ${run.run_id}`,
        seen: run.error?.message || 'it answers an error without a text',
        next: 'Look at the log of the pod ml-pipeline',
    });
}
const NEXT = {
    image: 'Check that the image exists under exactly this name, and that the cluster may pull it',
    config: 'Check the Secrets and ConfigMaps that the task refers to',
    unschedulable: 'Check requests, node selectors and tolerations of the task against the nodes, and the autoscaler',
};
function stuckFailure(runId, { task, cause, message }) {
    return new src_failure/* Failure */.HR({
        kind: 'workload',
        code: 'KFP_POD_STUCK',
        what: `Task ${task} cannot start`,
        on: `run ${runId}`,
        seen: message,
        next: `${NEXT[cause]}. KFP itself would wait for ever`,
    });
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
        const overtaken = thrown === world.signal.reason && thrown instanceof src_failure/* Failure */.HR && thrown.kind === 'timeout';
        throw overtaken ? timeoutFailure(options, seen, trouble.last(), waited()) : thrown;
    }
    finally {
        feed.close();
    }
}
async function wait_for_pause(world, options, feed, waited) {
    const rest = Math.max(0, options.timeout - waited);
    const regular = (0,backoff/* spread */.i)(intervalAt(options, waited, feed), world.random);
    await feed.next(Math.min(regular, options.dueIn?.() ?? Infinity, rest));
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/follow.js




/** A pull that fails for so long fails for a reason. */
const PULL_GRACE_MS = 60_000;
/** An autoscaler needs minutes for a node with GPUs. */
const SCHEDULE_GRACE_MS = 900_000;
/** The runner kills the step 7.5 s after its SIGINT; ours is over after 4.5 s. */
const CLEANUP_MS = 3_500;
/** Waits until the run has ended, however. @throws Failure when it cannot end, is gone, or the time is over */
async function followRun(inputs, world, { kfp }, runId, timeout) {
    const observe = createRunObserver(world, kfp, runId);
    return waitFor(world, {
        what: 'the run to end',
        on: runUrl(kfp.address, runId),
        observe: async () => {
            const look = await observe();
            if (look.run !== undefined)
                world.output('state', look.run.state);
            return look;
        },
        evaluate: createRunJudge({ runId, pullGrace: PULL_GRACE_MS, scheduleGrace: SCHEDULE_GRACE_MS }),
        interval: inputs.interval ?? follow_intervalAt,
        timeout,
        next: 'The run goes on: run the failed job again, and it attaches to it; or give it more with the input `timeout`',
    });
}
/** Short runs end quickly, long ones are asked seldom. */
function follow_intervalAt(waited) {
    if (waited < 10_000)
        return 2_000;
    return waited < 120_000 ? 5_000 : 15_000;
}
/**
 * What becomes of the run when this step gives up on it. A cancelled step terminates it, and so does a run that can never
 * start; when only our time is over or the server cannot be reached, it goes on, and the next attempt attaches to it.
 */
async function abandonRun(thrown, inputs, world, connection, runId) {
    const failure = world.signal.aborted && world.signal.reason instanceof src_failure/* Failure */.HR ? world.signal.reason : toFailure(thrown);
    const cancelled = world.signal.aborted && failure.kind !== 'timeout';
    if (!cancelled && failure.code !== 'KFP_POD_STUCK')
        return failure;
    const url = runUrl(connection.kfp.address, runId);
    if (inputs.onCancel === 'leave') {
        world.log.info(`The run was left alone: ${url}`);
        return failure;
    }
    const terminated = await terminateRun(world, connection, runId);
    world.log.info(terminated ? `The run was terminated: ${url}` : `There was no run to terminate: ${url}`);
    return terminated ? (0,src_failure/* withDetails */.FE)(failure, { outputs: { state: 'CANCELING' } }) : failure;
}
/** A run whose POST was on its way may appear a moment later, so it is tried until the time for it is over. */
async function terminateRun(world, { again }, runId) {
    const signal = AbortSignal.timeout(CLEANUP_MS);
    const kfp = again({ ...world, signal });
    try {
        for (let tries = 0; tries < 5 && !signal.aborted; tries += 1) {
            if (await kfp.terminate(runId))
                return true;
            if (await isThere(kfp, runId))
                return false;
            await (0,promises_namespaceObject.setTimeout)(400, undefined, { signal });
        }
    }
    catch (error) {
        world.log.warn(`The run could not be terminated: ${messageOf(error)}`);
    }
    return false;
}
async function isThere(kfp, runId) {
    return (await kfp.findRun(runId)) !== undefined;
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/plan.js

/** What the step would do, in words; nothing was created. */
function describeDryRun({ pipeline, parameters, source, body }, plan) {
    const runId = plan.kind === 'attach' ? plan.run.run_id : plan.runId;
    const what = plan.kind === 'attach'
        ? `Would attach to run ${inlineCode(runId)}, which is ${plan.run.state}`
        : `Would create run ${inlineCode(runId)} of pipeline ${inlineCode(pipeline)}`;
    const rows = Object.entries(parameters).map(([name, value]) => `| ${inlineCode(name)} | ${inlineCode(JSON.stringify(value))} |`);
    return {
        outputs: { 'run-id': runId, changed: false },
        summary: [`## Dry run: ${what}`, '', '| parameter | value |', '|:--|:--|', ...rows, ''].join('\n'),
        report: {
            plan: plan.kind,
            'run-id': runId,
            pipeline: { name: pipeline, ...source },
            parameters,
            name: body.display_name,
        },
    };
}

;// CONCATENATED MODULE: ./packages/kfp/src/parameters.js


/**
 * The parameters of a run from text, each by its declared type, as the server wants them: it takes no number written as
 * a string. An empty text is '' for a STRING, and for every other type as if nothing had been given.
 * @throws Failure `config` that lists every problem, names that are not declared with the one that was probably meant
 */
function resolveParameters(pipeline, given) {
    const problems = unknownNames(pipeline.parameters, given);
    const values = [];
    for (const [name, spec] of pipeline.parameters) {
        const result = resolveParameter(name, spec, given.get(name));
        if ('problem' in result)
            problems.push(`${name}: ${result.problem}`);
        else if (result.value !== undefined)
            values.push([name, result.value]);
    }
    if (problems.length > 0)
        throw parameterFailure(pipeline.name, problems);
    return Object.fromEntries(values);
}
function resolveParameter(name, spec, text) {
    if (text === undefined || (text === '' && spec.type !== 'STRING')) {
        return spec.required ? { problem: `is required: want ${wantOf(spec.type)}` } : { value: undefined };
    }
    try {
        const value = coerce(text, spec.type);
        if (value === undefined)
            return { problem: `got "${sanitizeLine(text, 120)}"; want ${wantOf(spec.type)}` };
        if (spec.literals.length > 0 && !spec.literals.some((literal) => same(literal, value)))
            return {
                problem: `got "${sanitizeLine(text, 120)}"; want one of ${spec.literals.map(show).join(', ')}`,
            };
        return { value };
    }
    catch (error) {
        return { problem: `${name === '' ? '' : `want ${wantOf(spec.type)}; `}${messageOf(error)}` };
    }
}
/** Undefined where the text is no such value. */
function coerce(text, type) {
    switch (type) {
        case 'STRING':
            return text;
        case 'NUMBER_INTEGER':
            return parameters_integer(text);
        case 'NUMBER_DOUBLE':
            return parameters_double(text);
        case 'BOOLEAN':
            return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined;
        case 'LIST':
        case 'STRUCT':
            return json(text, type === 'LIST');
        default:
            throw new Error(`the pipeline declares the type ${type}, which no root parameter may have`);
    }
}
/** The server lets a fraction through as an integer, and the driver fails on it later; beyond 2^53 JSON loses digits. */
function parameters_integer(text) {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) ? value : undefined;
}
function parameters_double(text) {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
    return Number.isFinite(value) ? value : undefined;
}
function json(text, isList) {
    const value = JSON.parse(text);
    if (typeof value !== 'object' || value === null)
        return undefined;
    return Array.isArray(value) === isList ? value : undefined;
}
const parameters_WANT = {
    STRING: 'a string',
    NUMBER_INTEGER: 'an integer',
    NUMBER_DOUBLE: 'a number',
    BOOLEAN: 'true or false',
    LIST: 'a JSON list',
    STRUCT: 'a JSON object',
};
function wantOf(type) {
    return parameters_WANT[type] ?? type;
}
function unknownNames(specs, given) {
    const names = [...specs.keys()];
    return [...given.keys()]
        .filter((name) => !specs.has(name))
        .map((name) => {
        const near = nearestName(name, names);
        const instead = near === undefined ? `it has ${names.join(', ') || 'no parameters'}` : `did you mean ${near}?`;
        return `${sanitizeLine(name, 120)}: the pipeline has no such parameter; ${instead}`;
    });
}
function same(left, right) {
    return JSON.stringify(left) === JSON.stringify(right);
}
function show(value) {
    return typeof value === 'string' ? value : JSON.stringify(value);
}
function parameterFailure(pipeline, problems) {
    return new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'KFP_PARAMETERS',
        what: problems.length === 1
            ? 'A pipeline parameter is wrong'
            : `${problems.length} pipeline parameters are wrong`,
        on: `pipeline ${pipeline}`,
        seen: problems.join('\n'),
        next: 'Correct the input `parameters`; no run was created',
    });
}

// EXTERNAL MODULE: ../../node_modules/yaml/dist/index.js
var dist = __nccwpck_require__(3483);
;// CONCATENATED MODULE: ./packages/kfp/src/pipeline.wire.js

const isParameter = record({
    parameterType: withDefault(string, 'PARAMETER_TYPE_ENUM_UNSPECIFIED'),
    isOptional: withDefault(validate_wire_boolean, false),
    literals: withDefault(array(unknownValue), []),
});
const pipeline_wire_isArtifact = record({ isOptional: withDefault(validate_wire_boolean, false) });
const isSpec = record({
    schemaVersion: withDefault(string, ''),
    pipelineInfo: record({ name: string }),
    root: record({
        inputDefinitions: optional(record({
            parameters: withDefault(dictionary(unknownValue), {}),
            artifacts: withDefault(dictionary(pipeline_wire_isArtifact), {}),
        })),
    }),
});
/**
 * Reads the IR out of JSON: bare, or beside its platform spec as versions and runs carry it.
 * @throws Error that says which path is wrong
 */
function readPipeline(value) {
    const nested = member(value, 'pipeline_spec') ?? member(value, 'pipelineSpec');
    const spec = isSpec(nested ?? value);
    const { parameters = {}, artifacts = {} } = spec.root.inputDefinitions ?? {};
    return {
        name: spec.pipelineInfo.name,
        // Parsed from JSON or YAML, so it is JSON; it goes to the server as it came.
        spec: value,
        schemaVersion: spec.schemaVersion,
        parameters: new Map(Object.entries(parameters).map(([name, raw]) => [name, readParameter(raw, name)])),
        requiredArtifacts: Object.entries(artifacts)
            .filter(([, { isOptional }]) => !isOptional)
            .map(([name]) => name),
    };
}
function readParameter(raw, name) {
    const { parameterType, isOptional, literals } = isParameter(raw, `root.inputDefinitions.parameters.${name}`);
    const hasDefault = member(raw, 'defaultValue') !== undefined;
    return {
        type: parameterType,
        required: !isOptional && !hasDefault,
        literals: literals,
    };
}
/** An own member of an object, else undefined. */
function member(value, key) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    return Object.getOwnPropertyDescriptor(value, key)?.value;
}

;// CONCATENATED MODULE: ./packages/kfp/src/pipeline-file.js



/** The server refuses larger uploads (reference 1.4); far larger than any pipeline that people write. */
const pipeline_file_MAX_BYTES = 32 * 1024 * 1024;
const SCHEMA_VERSION = '2.1.0';
const COMPILE = 'kfp dsl compile --py pipeline.py --output pipeline.yaml';
/**
 * Reads a compiled pipeline. One document is the IR, one may be its platform spec, others do not count
 * (template/v2_template.go); Kubernetes manifests of a PipelineVersion carry both inside.
 * @param path for the failure only
 * @throws Failure `config` that says what the file is instead, and what to do with it
 */
function parsePipeline(text, path) {
    const documents = readDocuments(text, path);
    const foreign = documents.map(pipeline_file_adviceFor).find((advice) => advice !== undefined);
    if (foreign !== undefined)
        throw refuse(path, foreign.seen, foreign.next);
    const values = documents.map(unwrapManifest);
    const specs = values.filter(isSpecDocument);
    const platforms = values.filter(isPlatformDocument);
    if (specs.length !== 1 || platforms.length > 1)
        throw wrongDocuments(path, specs.length, platforms.length);
    const [spec] = specs;
    const [platform] = platforms;
    return checkPipeline(platform === undefined ? spec : { pipeline_spec: spec, platform_spec: platform }, path);
}
/**
 * Checks what a version of an uploaded pipeline holds, or what a file does.
 * @throws Failure `config`
 */
function checkPipeline(value, path) {
    const pipeline = readOrRefuse(value, path);
    if (pipeline.schemaVersion !== SCHEMA_VERSION) {
        const seen = `it has schemaVersion ${pipeline.schemaVersion || '(none)'}, and KFP reads ${SCHEMA_VERSION}`;
        throw refuse(path, seen, `Compile it again with kfp 2.x: ${COMPILE}`);
    }
    const [artifact] = pipeline.requiredArtifacts;
    if (artifact !== undefined) {
        throw refuse(path, `its input artifact ${artifact} is not optional, and a run can only be given parameters`, 'Import the artifact in the pipeline (dsl.importer) from a parameter with its URI');
    }
    return pipeline;
}
function readOrRefuse(value, path) {
    try {
        return readPipeline(value);
    }
    catch (error) {
        throw refuse(path, messageOf(error), `Compile the pipeline with kfp 2.x: ${COMPILE}`);
    }
}
function readDocuments(text, path) {
    if (Buffer.byteLength(text) > pipeline_file_MAX_BYTES)
        throw refuse(path, 'it is larger than the 32 MiB that KFP takes', 'Move data out of the pipeline');
    if (looksLikePython(text))
        throw refuse(path, 'it is Python source, not a compiled pipeline', `Compile it: ${COMPILE}`);
    if (/^PK\u0003\u0004|^\u001f/.test(text))
        throw refuse(path, 'it is an archive', 'Give the YAML file inside, pipeline.yaml');
    try {
        const documents = (0,dist/* parseAllDocuments */.hR)(text);
        if (documents.length === 0)
            throw new Error('the file is empty');
        const [problem] = documents.flatMap(({ errors }) => errors);
        if (problem !== undefined)
            throw problem;
        return documents.map((document) => document.toJS({ maxAliasCount: 100 }));
    }
    catch (error) {
        throw refuse(path, messageOf(error), 'Give a compiled pipeline as YAML or JSON');
    }
}
function looksLikePython(text) {
    return /^(from\s+kfp[\s.]|import\s+kfp\b|@(?:kfp\.)?dsl\.(?:pipeline|component)|@component\b)/m.test(text);
}
function pipeline_file_adviceFor(document) {
    const apiVersion = String(member(document, 'apiVersion') ?? '');
    const kind = String(member(document, 'kind') ?? '');
    if (apiVersion.startsWith('argoproj.io/'))
        return {
            seen: `it is an Argo ${kind}, the format of kfp 1.x`,
            next: `Compile the pipeline with kfp 2.x: ${COMPILE}`,
        };
    if (apiVersion.startsWith('tekton.dev/'))
        return { seen: `it is a Tekton ${kind}`, next: `Compile the pipeline with kfp 2.x: ${COMPILE}` };
    if (apiVersion.startsWith('pipelines.kubeflow.org/') && kind === 'Pipeline')
        return {
            seen: 'it is the Kubernetes manifest of a Pipeline, which holds no tasks',
            next: 'Give the manifest of its PipelineVersion, or the compiled pipeline',
        };
    return undefined;
}
/** `kind: PipelineVersion`, Kubernetes-native KFP: IR and platform spec below `spec`. */
function unwrapManifest(document) {
    if (!String(member(document, 'apiVersion') ?? '').startsWith('pipelines.kubeflow.org/'))
        return document;
    const spec = member(document, 'spec');
    const pipeline = member(spec, 'pipelineSpec');
    const platform = member(spec, 'platformSpec');
    return platform === undefined ? pipeline : { pipeline_spec: pipeline, platform_spec: platform };
}
function isSpecDocument(document) {
    const spec = member(document, 'pipeline_spec') ?? document;
    return member(member(spec, 'pipelineInfo'), 'name') !== undefined && member(spec, 'root') !== undefined;
}
function isPlatformDocument(document) {
    return member(member(document, 'platforms'), 'kubernetes') !== undefined;
}
function wrongDocuments(path, specs, platforms) {
    const next = `Compile the pipeline with kfp 2.x: ${COMPILE}`;
    if (specs === 0)
        return refuse(path, 'no document in it has pipelineInfo.name and root', next);
    const seen = specs > 1 ? `it holds ${specs} pipelines` : `it holds ${platforms} platform specs`;
    return refuse(path, seen, 'Give one pipeline with at most one platform spec');
}
function refuse(path, seen, next) {
    return new src_failure/* Failure */.HR({
        kind: 'config',
        code: 'KFP_PIPELINE_FILE',
        what: 'Cannot submit the pipeline',
        on: path,
        seen,
        next,
    });
}

;// CONCATENATED MODULE: ./packages/kfp/src/version.js

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * A version of a pipeline that was uploaded before: by name or id, or the newest.
 * @throws Failure `not-found`
 */
async function resolveVersion(kfp, pipeline, version, namespace) {
    const found = (await kfp.findPipeline(pipeline, namespace)) ??
        // Shared pipelines belong to no namespace.
        (namespace === '' ? undefined : await kfp.findPipeline(pipeline, ''));
    if (found === undefined)
        throw missing(kfp, `pipeline ${pipeline}`, namespace);
    const { pipeline_id } = found;
    const chosen = version === undefined ? await kfp.latestVersion(pipeline_id) : await byName(kfp, pipeline_id, version);
    if (chosen === undefined)
        throw missing(kfp, `version ${version ?? ''} of pipeline ${pipeline}`, namespace);
    return { ...chosen, pipeline_id };
}
async function byName(kfp, pipelineId, version) {
    const named = await kfp.findVersion(pipelineId, version);
    if (named !== undefined || !UUID.test(version))
        return named;
    return kfp.version(pipelineId, version);
}
function missing({ address }, what, namespace) {
    return new src_failure/* Failure */.HR({
        kind: 'not-found',
        code: 'KFP_NOT_FOUND',
        what: 'Cannot submit the pipeline',
        on: `${what} on ${new URL(address.api).host}`,
        seen: namespace === '' ? 'there is none' : `there is none, neither in ${namespace} nor shared`,
        next: 'Check the name, or give the compiled pipeline as pipeline-file',
    });
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/submission.js





/** @throws Failure `config` for a pipeline or parameters that the server would refuse, `not-found` for an unknown pipeline */
async function prepareSubmission(inputs, kfp, context) {
    const { pipeline, source, reference } = await readSource(inputs, kfp, context.workspace);
    const parameters = resolveParameters(pipeline, inputs.parameters);
    const { serviceAccount, pipelineRoot, namespace, experiment } = inputs;
    const content = digestOf({
        url: inputs.url,
        namespace,
        experiment,
        source,
        parameters,
        serviceAccount,
        pipelineRoot,
    });
    return {
        pipeline: pipeline.name,
        source,
        parameters,
        identity: { repository: context.repository, runId: context.runId, job: context.job, content },
        body: {
            display_name: (inputs.runName ?? submission_nameOf(pipeline, context)).slice(0, 128),
            description: [context.runUrl, context.sha].filter((part) => part !== '').join(' '),
            ...reference,
            runtime_config: { parameters, ...(pipelineRoot === undefined ? {} : { pipeline_root: pipelineRoot }) },
            ...(serviceAccount === undefined ? {} : { service_account: serviceAccount }),
        },
    };
}
async function readSource(inputs, kfp, workspace) {
    const { pipelineFile, pipeline: name = '', pipelineVersion, namespace } = inputs;
    if (pipelineFile !== undefined) {
        const text = await readText((0,external_node_path_.resolve)(workspace, pipelineFile), pipelineFile);
        const pipeline = parsePipeline(text, pipelineFile);
        const source = { file: pipelineFile, sha256: (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex') };
        return { pipeline, source, reference: { pipeline_spec: pipeline.spec } };
    }
    const version = await resolveVersion(kfp, name, pipelineVersion, namespace);
    const { pipeline_id, pipeline_version_id, display_name } = version;
    return {
        pipeline: checkPipeline(version.pipeline_spec, `pipeline ${name}, version ${display_name || version.name}`),
        source: { name, version: display_name || version.name, id: pipeline_version_id },
        // By reference, so that the answers to polling do not carry the whole pipeline.
        reference: { pipeline_version_reference: { pipeline_id, pipeline_version_id } },
    };
}
function submission_nameOf({ name }, { repository, runId }) {
    return repository === '' ? name : `${name} · ${repository} run ${runId}`;
}
async function readText(path, given) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (cause) {
        throw new src_failure/* Failure */.HR({
            kind: 'config',
            code: 'KFP_PIPELINE_FILE',
            what: 'Cannot read the pipeline',
            on: given,
            seen: messageOf(cause),
            next: 'Give the path of a compiled pipeline below the workspace; a checkout has to come before this step',
            cause,
        });
    }
}

// EXTERNAL MODULE: ./actions/kfp-run-and-wait/src/workspace.js
var workspace = __nccwpck_require__(7738);
;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/run.js













/** Submits the pipeline once, waits for its run, reads what it has put out, judges the gates, downloads artifacts. */
async function run(inputs, world) {
    const started = world.now();
    const gates = parseGates(inputs.gate);
    for (const path of inputs.download.values())
        await (0,workspace/* resolveInside */.L)(world.context.workspace, path, 'download');
    const connection = await connect(inputs, world, started + inputs.timeout);
    const submission = await prepareSubmission(inputs, connection.kfp, world.context);
    // Read now as well, so that a wrong registry is found out before hours of training.
    await readChampion(inputs, world, connection.mlflow);
    const plan = await planRun(connection.kfp, submission.identity);
    if (inputs.dryRun)
        return describeDryRun(submission, plan);
    const step = {
        inputs,
        world,
        connection,
        submission,
        gates,
        created: plan.kind === 'create',
        started,
    };
    const runId = plan.kind === 'attach' ? plan.run.run_id : plan.runId;
    const waited = await submitAndFollow(step, plan, runId);
    return conclude(step, waited, world.now() - started);
}
async function submitAndFollow(step, plan, runId) {
    const { inputs, world, connection, started } = step;
    let known = runId;
    let announced = false;
    try {
        const run = plan.kind === 'attach' ? plan.run : await run_submit(step, plan.runId);
        known = run.run_id;
        announce(step, run);
        announced = true;
        const timeout = Math.max(0, inputs.timeout - (world.now() - started));
        return (await followRun(inputs, world, connection, known, timeout)).value;
    }
    catch (thrown) {
        const failure = await abandonRun(thrown, inputs, world, connection, known);
        if (!announced)
            throw failure;
        const report = { ...frameOf(step, known, world.now() - started), failure };
        throw (0,src_failure/* withDetails */.FE)(failure, { summary: reportRun(report) });
    }
}
async function run_submit({ inputs, world, connection, submission }, runId) {
    const { kfp } = connection;
    const { experiment_id } = await resolveExperiment(kfp, inputs.experiment, inputs.namespace);
    return createRun(world, kfp, { run_id: runId, experiment_id, ...submission.body });
}
/** From here on a failure of any kind leaves these outputs behind. */
function announce({ world, connection, created }, run) {
    const url = runUrl(connection.kfp.address, run.run_id);
    world.output('run-id', run.run_id);
    world.output('run-url', url);
    world.output('state', run.state);
    world.output('changed', created);
    world.log.info(`${created ? 'Created run' : 'Attached to run'} ${run.run_id}: ${url}`);
}
/** Reads what the run has put out and says how it went: as a result, or as a failure with the same outputs. */
async function conclude(step, ended, waited) {
    const { inputs, world, connection, gates } = step;
    const collected = await collect(world, connection, ended.run.run_id);
    // A registry that is down must not hide why the run has failed.
    const champion = ended.outcome === 'succeeded' ? await readChampion(inputs, world, connection.mlflow) : NO_CHAMPION;
    const log = await logOf(step, ended, collected);
    const base = {
        ...frameOf(step, ended.run.run_id, waited),
        ...partsOf(collected),
        outcome: ended.outcome,
        champion,
        log,
    };
    if (ended.outcome !== 'succeeded')
        throw fail(step, base, endingFailure(ended, base.url, collected.results.failed, log), collected);
    try {
        const verdicts = judgeGates(gates, collected, champion);
        const judged = { ...base, verdicts };
        if (!verdicts.every(({ passed }) => passed))
            throw fail(step, judged, gateFailure(verdicts, collected.metrics), collected);
        const downloaded = await download(step, judged, collected);
        warnOfTheUnseen(step, collected, champion);
        return describe_describe(step, { ...judged, downloaded }, collected);
    }
    catch (thrown) {
        const failure = toFailure(thrown);
        throw failure.details.summary === undefined ? fail(step, base, failure, collected) : failure;
    }
}
/** What did not stop this run but may not be what its author thinks. */
function warnOfTheUnseen({ inputs, world: { log }, gates }, { trouble }, { metrics }) {
    const { modelName, championAlias } = inputs;
    if (trouble !== undefined)
        log.warn(`Metrics and artifacts of the run could not be read: ${trouble.details.seen}`);
    if (metrics === undefined && modelName !== undefined && gates.some(usesChampion))
        log.warn(`MLflow has no version of ${modelName} with the alias ${championAlias}, so gates that compare with it pass. Is this the first?`);
}
async function download(step, report, collected) {
    const { inputs, world, connection } = step;
    if (inputs.download.size === 0)
        return [];
    try {
        const { trouble } = collected.results;
        if (trouble !== undefined)
            throw trouble;
        // The AWS SDK is most of this bundle, and most steps do without.
        const { downloadArtifacts } = await Promise.all(/* import() */[__nccwpck_require__.e(299), __nccwpck_require__.e(433)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5433));
        return await downloadArtifacts(inputs, world, connection.aws, collected.artifacts);
    }
    catch (thrown) {
        throw fail(step, report, toFailure(thrown), collected);
    }
}
async function logOf({ inputs, world, connection }, ended, { results }) {
    if (!inputs.includePodLogs || ended.outcome === 'succeeded')
        return '';
    const { http, kfp } = connection;
    const at = { runId: ended.run.run_id, pod: results.failed?.pod ?? '', namespace: results.namespace };
    return readLogTail(world, http, kfp, at);
}

;// CONCATENATED MODULE: ./actions/kfp-run-and-wait/src/main.js



void runAction({ name: 'kfp-run-and-wait', inputs: inputs, run: run });

