import type { Session } from './browser.ts'

/** A node of the accessibility tree, as the protocol has it. */
export interface AccessibilityNode {
  readonly ignored: boolean
  readonly backendDOMNodeId?: number
  readonly role?: { readonly value: string }
  readonly name?: { readonly value: string }
  readonly value?: { readonly value: unknown }
  readonly description?: { readonly value: string }
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value: unknown } }[]
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Something in a page, as screen readers know it. */
export class PageElement {
  readonly node: number
  readonly role: string
  readonly name: string
  /** What it says of itself beside its name: `checked`, `expanded`, `disabled`, `value`, `description`. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly #session: Session

  constructor(session: Session, node: AccessibilityNode) {
    this.#session = session
    this.node = node.backendDOMNodeId!
    this.role = node.role?.value ?? ''
    this.name = node.name?.value ?? ''
    this.properties = {
      value: node.value?.value,
      description: node.description?.value,
      ...Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
    }
  }

  /** In pixels of the window, after it was scrolled into view. */
  async box(): Promise<Box> {
    await this.#session.send('DOM.scrollIntoViewIfNeeded', { backendNodeId: this.node })
    const { quads } = (await this.#session.send('DOM.getContentQuads', { backendNodeId: this.node })) as {
      quads: readonly (readonly number[])[]
    }
    const [quad] = quads
    if (quad === undefined) throw new Error(`${this.role} ${JSON.stringify(this.name)} is not on the screen`)
    const xs = quad.filter((_, index) => index % 2 === 0)
    const ys = quad.filter((_, index) => index % 2 === 1)
    const [x, y] = [Math.min(...xs), Math.min(...ys)]
    return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
  }

  async centre(): Promise<{ x: number; y: number }> {
    const { x, y, width, height } = await this.box()
    return { x: x + width / 2, y: y + height / 2 }
  }

  async focus(): Promise<void> {
    await this.#session.send('DOM.focus', { backendNodeId: this.node })
  }

  text(): Promise<string> {
    return this.call('function () { return this.innerText ?? this.textContent }') as Promise<string>
  }

  /** @param source of a function, whose `this` is the element; it answers with JSON */
  async call(source: string, ...args: readonly unknown[]): Promise<unknown> {
    const { object } = (await this.#session.send('DOM.resolveNode', { backendNodeId: this.node })) as {
      object: { objectId: string }
    }
    const { result, exceptionDetails } = (await this.#session.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      functionDeclaration: source,
      arguments: args.map((value) => ({ value })),
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: unknown }; exceptionDetails?: { exception: { description: string } } }
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception.description)
    return result.value
  }
}
