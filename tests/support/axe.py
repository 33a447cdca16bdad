"""Looks at a page as axe-core does: what people who cannot see, point or tell colours would miss.

The pinned package brings one version of axe-core along. Shadow roots are looked into by axe
itself; every frame of the page is given it, so that it looks into those too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}

_RUN = """async ([exceptions]) => {
    // All that axe knows, what it calls experimental included, but for the strictest level (AAA).
    const rules = Object.fromEntries(
        axe.getRules()
            .filter(({ tags }) => !tags.includes("wcag2aaa"))
            .map(({ ruleId }) => [ruleId, { enabled: true }]));
    const { violations } = await axe.run(document, { rules, resultTypes: ["violations"] });
    // An exception is a rule and a selector; it holds for an element in or below the selected one.
    const within = (rule, element) => (exceptions[rule] ?? []).some((selector) => {
        for (let node = element; node; node = node.getRootNode().host) {
            if (node.closest(selector)) return true;
        }
        return false;
    });
    const found = (target) => target.flat().reduce(
        (root, selector) => {
            const element = (root.shadowRoot ?? root).querySelector(selector);
            return element?.contentDocument ?? element;
        }, document);
    return violations.flatMap(({ id, impact, nodes }) => nodes
        .filter(({ target }) => !within(id, found(target)))
        .map(({ target, html, any, all, none }) => ({
            rule: id, impact, html, target: target.flat().join(" >> "),
            why: [...any, ...all, ...none].map(({ message }) => message).join("; "),
        })));
}"""


def grave(page: Page, exceptions: Mapping[str, list[str]]) -> list[str]:
    """What axe finds that is serious or critical, a sentence each; none is as it should be.

    ``exceptions`` are selectors by rule: in what they select that rule is not asked.
    """
    return [
        f"{found['rule']} ({found['impact']}): {found['html'][:160]} at {found['target'][-160:]}: "
        f"{found['why']}"
        for found in _violations(page, exceptions)
        if found["impact"] in GRAVE
    ]


def _violations(page: Page, exceptions: Mapping[str, list[str]]) -> Iterator[dict[str, Any]]:
    for frame in page.frames:
        frame.evaluate(AXE_SCRIPT)
    yield from page.evaluate(_RUN, [dict(exceptions)])
