// Owns the few types of a browser's page that functions which run inside it need: the hub is not compiled for browsers.

export interface PageElement {
  readonly textContent: string | null
  readonly className: string
  readonly tagName: string
  readonly children: ArrayLike<PageElement>
  readonly nextElementSibling: PageElement | null
  getAttribute(name: string): string | null
  querySelector(selector: string): PageElement | null
  querySelectorAll(selector: string): ArrayLike<PageElement>
  closest(selector: string): PageElement | null
}

export interface PageDocument extends PageElement {
  readonly title: string
  readonly body: PageElement | null
}
