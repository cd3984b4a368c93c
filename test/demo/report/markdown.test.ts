import { describe, expect, test } from '@jest/globals'
import { MARKDOWN_TEXT } from '../../harness/hostile.ts'
import { renderMarkdown } from './markdown.ts'

const GANTT = '```mermaid\ngantt\n  dateFormat x\n  train :1000, 3000\n  gate :crit, 3000, 500ms\n```'

describe('a job summary on the page', () => {
  test.each([
    ['<script>alert(1)</script>', '<script'],
    ['<img src=x onerror=alert(1)>', '<img'],
    ['![x](https://evil.example/a.png)', '<img'],
    ['[x](javascript:alert(1))', 'javascript:'],
    ['[x](data:text/html,y)', 'data:text'],
    ['<details ontoggle=alert(1)>', '<details'],
    ['<a href="https://evil.example" onclick="x">y</a>', '<a'],
    ['<style>body{display:none}</style>', '<style'],
  ])('shows %s as text', (markdown, forbidden) => {
    expect(renderMarkdown(markdown)).not.toContain(forbidden)
  })

  test('holds only the tags that it may hold, whatever a server wrote', () => {
    const html = renderMarkdown(MARKDOWN_TEXT.join('\n\n'))
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map((match) => match[1]?.toLowerCase())
    const known =
      'a p em strong code pre h1 ul li del table thead tbody tr th td br hr blockquote ol h2 span div'.split(
        ' ',
      )
    expect(tags.filter((tag) => !known.includes(tag ?? ''))).toEqual([])
    expect(html).not.toMatch(/<[^>]*(\son\w+=|javascript:)/i)
  })

  test('keeps folded parts, tables and links to the web', () => {
    const html = renderMarkdown(
      '<details><summary>More</summary>\n\n| a |\n|:--|\n| [b](https://example.com/) |\n\n</details>',
    )
    expect(html).toContain('<details><summary>More</summary>')
    expect(html).toContain('<a href="https:&#47;&#47;example.com&#47;"'.replaceAll('&#47;', '/'))
    expect(html).toContain('<table>')
  })

  test('shows its signs also where there is no font for them', () => {
    const html = renderMarkdown('## ✅ live\n\n| pod | running ❌ |')
    expect(html).toContain('<span class="plus">✔</span> live')
    expect(html).not.toMatch(/[✅❌]/u)
  })

  test('draws a gantt chart, and shows any other diagram as it is written', () => {
    const html = renderMarkdown(GANTT)
    expect(html).toContain('<svg')
    expect(html).toMatch(/class="bar plain".*2\.0 s.*class="bar bad".*0\.5 s/s)
    expect(renderMarkdown('```mermaid\npie\n  "a": 1\n```')).toContain('<pre><code>pie')
  })
})
