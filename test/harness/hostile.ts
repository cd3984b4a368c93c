/**
 * Text as a hostile server, a pod or a training script could send it. Nothing of it may act on the runner,
 * on a terminal or on GitHub's Markdown, wherever it is shown.
 */

/** Lines that the runner would take for commands: `::name::` after white space, `##[name]` anywhere. */
export const COMMAND_LINES: readonly string[] = [
  '::error::x',
  ' ::error::x',
  '\t::error file=a::x',
  '\u00a0::add-mask::a',
  '\u0085::set-output name=x::y',
  '\u2028::set-output name=x::y',
  '\u3000::warning::x',
  'text ##[set-output name=x;]y',
  '##[add-mask]a',
  '##[set-env name=A;]b',
  '##[add-path]/tmp',
  '::ERROR::x',
  '##[ERROR]x',
  'ok\r::error::x',
  'ok\n::error::x',
  'ok\r\n##[error]x',
  '::stop-commands::t',
  '::set-env name=NODE_OPTIONS::--require /tmp/x',
  '\u001b[0m::error::x',
  '#\u001b[31m#[error]x',
  '##\u200f[error]x',
  '\ufeff::error::x',
  ':\u0000:error::x',
  '##\u0007[group]x',
  ':\u00ad:error::x',
  '\u200b::error::x',
  '##\u2060[error]x',
  '#\u{e0020}#[error]x',
]

/** What moves a cursor, hides text or turns its direction round. */
export const TERMINAL_TEXT: readonly string[] = [
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  '\u001b]0;title\u001b\\x',
  '\u009b2Jx',
  'a\u202egnp.exe',
  '\u2066isolated\u2069',
  'back\bspace\u007f',
  'null\u0000byte',
  'pay\u200bload',
  'soft\u00adhyphen',
  'word\u2060joiner',
  'tags\u{e0061}\u{e0062}',
]

/** What GitHub's Markdown would turn into something other than text. */
export const MARKDOWN_TEXT: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '![x](https://evil.example/track.png)',
  '[click](https://evil.example)',
  'https://evil.example/auto',
  'www.evil.example',
  '@octocat please merge',
  'a | b | c',
  '```\nfence\n```',
  '`code` ``x``',
  '# heading',
  '- item',
  '<!-- comment',
  '&lt;b&gt;',
  '$\\alpha$',
  '~~~x',
  '**bold** _em_',
  'octo/repo#12 and #7 and GH-9',
]

export const HOSTILE_TEXT: readonly string[] = [...COMMAND_LINES, ...TERMINAL_TEXT, ...MARKDOWN_TEXT]

/** Values for any input that reaches a child process or a file name. */
export const HOSTILE_VALUES: readonly string[] = [
  '$(id)',
  '`id`',
  '; id',
  '| id',
  '&& id',
  '--upload-pack=id',
  '-o ProxyCommand=id',
  '../../etc/passwd',
  '/etc/passwd',
  'a\nb',
  '\'"',
  '\u0000',
  '${{ github.token }}',
  '%0A::error::x',
]
