"""The page of a class in a real browser: a teacher leads a vote, and a class looks on."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from class_service import TEACHER, ClassService
from playwright.sync_api import Browser, BrowserContext, Page, expect

from nnlib.exercises.predictions.catalogue import QUESTIONS

pytestmark = pytest.mark.browser

OPTIONS = QUESTIONS["neurons-bias"]
FIRST, RIGHT, *_ = OPTIONS.options
PROJECTOR = {"width": 1280, "height": 720}
SECOND_VOTES = {  # by what the question is answered with
    "neurons-bias": [FIRST, RIGHT, RIGHT],
    "neurons-weights": ["(0, 1) and (0.5, −0.5)", "(0, 1) and (1, 0)", "(0, 1) and (0.5, −0.5)"],
    "neurons-average": ["1.5", "0.5", "100"],
}


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassService]:
    service = ClassService(tmp_path_factory.mktemp("class"))
    yield service
    service.end()


def context_of(chromium: Browser, who: str, scheme: str = "light") -> BrowserContext:
    """Return windows of one who is signed in."""
    headers = {"Authorization": f"token {who}"}
    return chromium.new_context(viewport=PROJECTOR, color_scheme=scheme, extra_http_headers=headers)


@pytest.fixture
def panel(chromium: Browser, service: ClassService) -> Iterator[Page]:
    """The teacher's window; nothing may go wrong in it."""
    context = context_of(chromium, TEACHER)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(service.address)
    yield page
    context.close()
    assert problems == []


def count_of(page: Page, option: str) -> list[str]:
    """Return how many have chosen an option, round by round."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=option))
    return row.locator(".many").all_inner_texts()


def test_a_teacher_leads_a_vote_and_the_class_looks_on(chromium, service, panel):
    expect(panel.get_by_role("heading")).to_have_text("No question has been put to the vote yet.")
    context = context_of(chromium, "ada")
    board = context.new_page()
    board.goto(service.address)

    chooser = panel.get_by_label("Put a question to the vote")
    chooser.select_option("neurons-bias")
    for page in (panel, board):
        expect(page.get_by_role("heading")).to_contain_text("Now you raise the bias to 0")
    for who, choice in (("ada", FIRST), ("ben", RIGHT), ("cleo", RIGHT)):
        service.vote(who, "neurons-bias", choice)
    for page in (panel, board):
        expect(page.get_by_text("3 of 3 have answered.")).to_be_visible()
    assert count_of(panel, RIGHT) == ["2"]
    assert count_of(board, RIGHT) == []
    expect(board.get_by_role("button")).to_have_count(0)

    covered = panel.get_by_role("button", name="On the projector")
    covered.click()
    expect(panel.locator(".many")).to_have_count(0)
    panel.reload()  # which forgets nothing
    expect(panel.get_by_text("3 of 3 have answered.")).to_be_visible()
    expect(panel.locator(".many")).to_have_count(0)

    panel.get_by_role("button", name="Close the vote and show it").click()
    expect(board.locator(".many")).to_have_count(4)
    assert count_of(board, RIGHT) == ["2"]
    panel.get_by_role("button", name="Talk, and vote again").click()
    expect(board.get_by_text("0 of 3 have answered. Talk it over.")).to_be_visible()
    service.vote("ada", "neurons-bias", RIGHT, round=2)
    expect(panel.get_by_text("1 of 3 have answered.")).to_be_visible()
    assert OPTIONS.why[:30] not in panel.content() + board.content()
    panel.get_by_role("button", name="Open the answer for everybody").click()
    for page in (panel, board):
        expect(page.get_by_text(OPTIONS.why[:30])).to_be_visible()
        assert count_of(page, RIGHT) == ["2", "1"]
        expect(page.get_by_role("rowheader", name="✓")).to_have_text(f"✓ {RIGHT}")
    context.close()


def test_the_page_comes_back_with_the_service(service, panel):
    panel.get_by_label("Put a question to the vote").select_option("neurons-bias")
    expect(panel.get_by_role("heading")).to_contain_text("Now you raise the bias to 0")
    service.end()
    expect(panel.get_by_text("The class's service does not answer.")).to_be_visible()
    service.start()
    service.vote("ada", "neurons-bias", FIRST)
    expect(panel.get_by_text("1 of 1 have answered.")).to_be_visible()
    expect(panel.get_by_text("The class's service does not answer.")).to_be_hidden()


def test_a_session_is_deleted_after_it_was_asked_for_twice(service, panel):
    panel.get_by_label("Put a question to the vote").select_option("neurons-bias")
    service.vote("ada", "neurons-bias", FIRST)
    expect(panel.get_by_text("1 of 1 have answered.")).to_be_visible()
    panel.get_by_role("button", name="Where the class is").click()
    panel.on("dialog", lambda dialog: dialog.accept())
    panel.get_by_role("button", name="Delete this session").click()
    panel.get_by_role("button", name="Where the class is").click()
    expect(panel.get_by_role("heading")).to_have_text("No question has been put to the vote yet.")
    assert service.counts("neurons-bias") == {"1": []}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_projector_nothing_is_cut_off_and_axe_finds_nothing(
    chromium, service, scheme, take_picture
):
    context = context_of(chromium, TEACHER, scheme)
    page = context.new_page()
    page.goto(service.address)
    service.ask(TEACHER, "PUT", "explorer", kind="NeuronExplorer", state={})
    expect(page.get_by_text("from nnlib.explorers import shown")).to_be_in_viewport(ratio=1)
    for name, choices in SECOND_VOTES.items():
        service.ask(TEACHER, "POST", f"board/{name}")
        expect(page.get_by_text("from nnlib.explorers import shown")).to_have_count(0)
        for round_, phase in ((1, "again"), (2, "revealed")):
            for who, choice in zip(("ada", "ben", "cleo"), choices, strict=True):
                assert service.vote(who, name, choice, round_) == 204
            service.turn(name, phase)
        expect(page.get_by_text(QUESTIONS[name].why[:30])).to_be_visible()
        expect(page.get_by_text("The answer is open.")).to_be_visible()
        size = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert size[0] == size[1]
        take_picture(page, f"votes-{name}-{scheme}.png")
        found = Axe().run(page).response["violations"]
        assert [rule["id"] for rule in found] == []
    context.close()
