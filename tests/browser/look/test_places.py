"""Where things are: each control beside what it changes, on every screen, and nothing moves under the pen."""

import digits
import pytest
from pen import Pen
from places import lay_out, misplaced
from testdigits import put
from visits import PHONE, TABLET, WIDE

# From a page enlarged to 400 % and the smallest phones to a projector, on either side of each width and
# height from which the style sheet does something else.
SIZES = [
    *[(280, 500), (320, 256), (320, 568), (336, 700), (360, 640), (360, 740), (412, 915)],
    *[(480, 320), (500, 500), (568, 320), (600, 960), (639, 900), (640, 360), (640, 481)],
    *[(740, 360), (768, 1024), (799, 600), (800, 600), (932, 430), (960, 540), (1024, 600)],
    *[(1024, 768), (1024, 1366), (1079, 700), (1080, 700), (1080, 1920), (1280, 720)],
    *[
        (1280, 1024),
        (1440, 500),
        (1440, 900),
        (1800, 950),
        (1920, 1080),
        (2300, 1200),
        (2560, 1440),
    ],
]
FEW = [(280, 500), (360, 740), (640, 360), (768, 1024), (1024, 600), (1440, 900)]

# Points at a neuron with a mouse that a script makes up, which does not leave when the window is resized.
POINT = """
const box = document.querySelector("[data-neuron='1:12'] .light").getBoundingClientRect();
document.getElementById('board').dispatchEvent(new PointerEvent('pointermove', {
  pointerType: 'mouse', bubbles: true,
  clientX: box.left + box.width / 2, clientY: box.top + box.height / 2,
}));
"""

BOXES = """
const box = (selector) => {
  const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
  return { left, top: top + scrollY, right, bottom: bottom + scrollY };
};
return Object.fromEntries(arguments[0].map((selector) => [selector, box(selector)]));
"""


def boxes(page, *selectors):
    """Give left, top, right and bottom of elements on the page."""
    found = page.js(BOXES, selectors)
    return [found[selector] for selector in selectors]


def test_no_words_lie_over_anything_or_are_cut_off(page):
    """While nothing is drawn, while the signal is played, with a test digit and a neuron pointed at."""
    sizes = SIZES if page.driver.family == "chromium" else FEW
    assert misplaced(page, FEW) == {}
    lay_out(page, WIDE)
    put(page, 8)
    for size in FEW[::2]:
        # The signal plays for four seconds: too short for three resizes on a busy machine.
        lay_out(page, size)
        page.press("play")
        assert misplaced(page, [size]) == {}
        assert page.data("playing") is not None, f"still playing at {size}"
        page.press("play")
    page.js(POINT)
    page.until("return document.documentElement.dataset.looked === '1:12'")
    assert misplaced(page, sizes) == {}
    assert page.data("pointed") == "1:12"


@pytest.mark.only("chromium")
def test_rooms_that_are_open_fit_a_page_enlarged_to_400_percent(page):
    """As WCAG 1.4.10 asks; what is wider, such as a matrix, scrolls within a box of its own."""
    page.draw(digits.strokes(3)).settle()
    page.js(POINT)
    page.js("for (const part of document.querySelectorAll('details')) part.open = true")
    page.until("return document.querySelectorAll('#parts .term:not([hidden])').length")
    page.until("return document.getElementById('code-ran').textContent.includes('Marked')")
    assert misplaced(page, [(280, 500), (320, 256), (640, 360)]) == {}


@pytest.mark.only("chromium")
def test_each_control_is_beside_what_it_changes(page):
    """All begins at one height, the network ends above the fold, and the video is linked at the top."""
    page.draw(digits.strokes(3)).settle()
    for size in (WIDE, (1440, 700), (1024, 600), (1920, 1080), (740, 360), TABLET, PHONE):
        lay_out(page, size)
        pad, picture, board = boxes(page, ".paper", "#picture", "#board")
        slant, edges, video = boxes(page, ".pixels .switch", "#edges", ".tagline a")
        names = ("0:", "1:0", "2:15", "3:9")
        column, hidden, last, output = boxes(
            page, *[f"[data-neuron^='{name}'] .light" for name in names]
        )
        assert video["top"] < video["bottom"] <= pad["top"] < 130, size
        # What the slant's switch changes is the picture.
        below, beside = slant["top"] - picture["bottom"], slant["left"] - picture["right"]
        assert 0 <= below <= 90 or 0 <= beside <= 30, size
        assert slant["bottom"] <= board["bottom"], size
        assert 0 <= edges["top"] - board["bottom"] <= 10, size
        assert max(last["bottom"], output["bottom"]) <= size[1], f"the network is seen at {size}"
        if size[1] > 480 and size != PHONE:
            assert edges["bottom"] <= size[1], f"and what its edges show, at {size}"
        if size != PHONE:
            assert abs(pad["top"] - picture["top"]) < 1, size
        if page.js("return document.querySelector('.network').dataset.way") == "across":
            assert abs(hidden["top"] - picture["top"]) < 3, size
            assert last["bottom"] > size[1] - 180, f"it is as high as it can be at {size}"
            assert abs(edges["left"] - column["left"]) < 8, size
        else:
            assert abs(edges["left"] - board["left"]) < 1, size


# Notes every place and size that the pad and the board have, frame after frame.
NOTE_BOXES = """
window.places = new Set();
window.noting = true;
const note = () => {
  const boxes = ['pad', 'board', 'picture'].map((id) => {
    const { left, top, width, height } = document.getElementById(id).getBoundingClientRect();
    return [left + scrollX, top + scrollY, width, height].map(Math.round);
  });
  window.places.add(JSON.stringify(boxes));
  if (window.noting) requestAnimationFrame(note);
};
note();
"""


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_no_words_move_the_pad_or_the_network(page, size):
    """In type of twice the usual size: whatever is said, nothing moves and the stroke goes on."""
    page.js("document.documentElement.style.fontSize = '32px'")
    lay_out(page, size)
    page.pad()
    page.js(NOTE_BOXES)
    [stroke] = digits.strokes(3)
    pen, said = Pen(page), set()
    pen.down(stroke[0])
    for at in range(1, len(stroke), len(stroke) // 5):
        pen.move(stroke[at : at + len(stroke) // 5])
        page.settle()
        said.add(page.js("return document.querySelector('#answer span').textContent"))
    pen.up()
    assert len(said) > 1, "the words changed"
    assert page.press("undo").answer() == "blank", "it was one stroke"
    put(page, 8)
    page.js(POINT)
    page.until("return document.documentElement.dataset.looked === '1:12'")
    page.press("play").press("play")
    page.js("window.noting = false")
    assert len(page.js("return [...window.places]")) == 1


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_a_page_turned_right_to_left_keeps_its_diagrams(page, size):
    """As a translator turns it: words begin on the right; the signal still runs to the right."""
    page.draw(digits.strokes(3)).settle()
    lay_out(page, size)
    relative = (
        "const board = document.getElementById('board').getBoundingClientRect();"
        "const parts = '#picture, #diagram text, #diagram .light, #diagram .bracket';"
        "return [...document.querySelectorAll(parts)].map((part) => {"
        " const { left, top, width } = part.getBoundingClientRect();"
        " return [left - board.left, top - board.top, width].map(Math.round) })"
    )
    before = page.js(relative)
    page.js("document.documentElement.dir = 'rtl'")
    page.frame()
    assert page.js(relative) == before
    assert misplaced(page, [size]) == {}
    title, pad, board = boxes(page, "h1", ".paper", "#board")
    middle = page.js("return innerWidth / 2")
    assert (title["left"] + title["right"]) / 2 > middle, "the words are mirrored"
    if size == WIDE:
        assert pad["right"] < board["left"]
    # Ink is where the pen is.
    page.press("clear").draw([[(0.2, 0.3), (0.2, 0.7)]])
    assert page.settle().ink_box() == pytest.approx((0.17, 0.27, 0.23, 0.73), abs=0.06)
