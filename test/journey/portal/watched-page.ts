import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A page in a browser of its own, which notes all that a person would find in the console. */
export class WatchedPage {
  /** Errors of scripts, and what the browser itself complains of. */
  readonly wrong: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.wrong.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.wrong.push(message.text());
    });
  }

  static async open(browser: Browser, url: string): Promise<WatchedPage> {
    const context = await browser.newContext();
    context.setDefaultTimeout(15_000);
    const watched = new WatchedPage(context, await context.newPage());
    await watched.page.goto(url);
    return watched;
  }

  /** Resolves when something that is seen at the selector has the text; says what the page has when none does. */
  async shows(selector: string, text: string | RegExp): Promise<void> {
    try {
      await this.page.locator(selector, { hasText: text }).first().waitFor();
    } catch {
      const seen = await this.page.locator('body').innerText();
      const wrong = this.wrong.join('\n');
      throw new Error(`${selector} never showed ${String(text)}, but:\n${seen}\n${wrong}`);
    }
  }

  press(name: string, within = 'body'): Promise<void> {
    return this.page.locator(within).getByRole('button', { name, exact: true }).click();
  }

  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) {
      await this.page.getByLabel(label, { exact: true }).fill(text);
    }
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
