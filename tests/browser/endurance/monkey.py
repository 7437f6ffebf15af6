"""A monkey at the page: it draws, clicks, drags, types and resizes at random, always the same from one seed.

``Monkey(page, seed)``: ``tour`` opens and uses everything once, ``play(seconds, steps)`` does whatever comes
to its mind, ``finish`` checks that the page then still tells the truth. Links that lead away are left alone.
Whatever goes wrong is raised as AssertionError together with what the monkey did last.
"""

import random
import time
from collections import deque
from itertools import pairwise

import digits
import numpy as np
import oracle
import pen
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from visits import PHONE, SOON, START, TABLET, WIDE

NUMBERS = ["0", "1", "-1", "−2.5", "0.5", "10", "50", "100", "", "abc", "1e999", "nan", "-0"]

# What is typed into the console; errors are answers there, too.
SNIPPETS = [
    "network.feedforward(trace.a[0])",
    "network.W[1] *= 1.05",
    "network.b[0][0] = -10",
    "np.linspace(0, 1, 5)",
    "trace.z[-1].ravel()",
    "1 / 0",
    "no such thing",
    "print('a ' * 500)",
    "ones = np.ones((300, 300)); (ones @ ones).sum()",
    "[i * i for i in range(10000)][-1]",
    "import this_is_not_there",
    "float(network.W[2].max())",
]

CHORDS = [
    *(
        (key,)
        for key in (
            *"clt 0+-",
            Keys.ARROW_LEFT,
            Keys.ARROW_RIGHT,
            Keys.ARROW_UP,
            Keys.ARROW_DOWN,
            Keys.HOME,
            Keys.END,
            Keys.PAGE_DOWN,
            Keys.PAGE_UP,
            Keys.ESCAPE,
            Keys.TAB,
            Keys.DELETE,
            Keys.SPACE,
        )
    ),
    (Keys.CONTROL, "z"),
    (Keys.CONTROL, Keys.SHIFT, "z"),
    (Keys.CONTROL, "y"),
    (Keys.SHIFT, Keys.TAB),
]

# One thing that can be used, brought into view: what it is, and where. The argument chooses, 0 to 1.
CHOOSE = """
const wanted = 'button, summary, select, input, #weights canvas, [data-neuron], .brackets, #board,'
  + ' #code-file, #console-input';
const usable = [...document.querySelectorAll(wanted)].filter((e) =>
  e.checkVisibility() && !e.disabled && !e.matches(':disabled') && !e.closest('a[href]'));
const kind = (e) => e.matches('input[type=range]') ? 'slider'
  : e.matches('input[type=text]') ? 'field'
  : e.matches('select') ? 'select'
  : e.matches('canvas, .brackets, #board, #code-file') ? 'surface'
  : e.matches('[data-neuron]') ? 'neuron'
  : e.matches('#console-input') ? 'prompt' : 'button';
const kinds = new Map();
for (const e of usable) kinds.set(kind(e), [...(kinds.get(kind(e)) ?? []), e]);
// First the kind, so that forty neurons do not crowd out one slider; buttons are of many kinds.
const names = [...kinds.keys(), 'button', 'button', 'button'].filter((name) => kinds.has(name));
const among = kinds.get(names[Math.floor(arguments[0] * names.length)]);
let chosen = among[Math.floor(arguments[1] * among.length)];
const said = chosen.id || chosen.name || chosen.textContent.trim().slice(0, 30);
const what = kind(chosen);
if (chosen.matches('input[type=checkbox], input[type=radio]')) chosen = chosen.closest('label') ?? chosen;
let box = chosen.getBoundingClientRect();
if (box.top < 0 || box.bottom > innerHeight) chosen.scrollIntoView({ block: 'center', behavior: 'instant' });
box = chosen.getBoundingClientRect();
if (what === 'select') {
  chosen.selectedIndex = Math.floor(arguments[2] * chosen.length);
  chosen.dispatchEvent(new Event('change', { bubbles: true }));
}
return { what, said, box: [box.left, box.top, box.width, box.height], window: [innerWidth, innerHeight] };
"""

# A key or a click beside what was chosen may follow a link after all.
STAY = """
const stay = (event) => { if (event.target.closest('a[href^=http]')) event.preventDefault(); };
addEventListener('click', stay, true);
"""

# The network that the engine uses, and its dials: what it says when it refuses an edit.
DIALS = """
const done = arguments[0];
document.querySelector('script[type=py]').xworker.sync.edit('none', [], '')
  .then(({ id, shape, activation, dials }) => done([id, shape, activation, [...dials]]));
"""

# Which network the page says that it uses: its attribute, and the button that is chosen.
SAID = """
return [document.documentElement.dataset.network, document.querySelector('#networks input:checked')?.value];
"""

# Pauses a run, if there is one. Tells whether there is none, and none is about to be: forgetting, for one,
# takes a while in which nothing moves.
PAUSED = """
const moving = () => ["loading", "running"].includes(document.documentElement.dataset.learning);
const pause = document.getElementById("learn-pause");
if (moving() && !pause.disabled) pause.click();
return !moving() && !document.getElementById("learn").dataset.pending;
"""

# Presses a control if it can be pressed.
POKE = (
    "const control = document.querySelector(arguments[0]); if (!control.disabled) control.click()"
)

# A run has all its images, and has been measured.
LEARNS = """
const learn = document.getElementById('learn');
return learn.dataset.accuracy && document.getElementById('learn-fetch').hidden
  && document.documentElement.dataset.learning === 'running';
"""


class Monkey:
    """What it does is decided by the seed and by what there is to click on."""

    def __init__(self, page, seed):
        self.page = page
        self.steps = 0
        self.last = deque(maxlen=30)
        self._random = random.Random(seed)
        self._pens = pen.KINDS[page.driver.family]

    def tour(self):
        """Use everything once, so that what is fetched and made at its first use is there."""
        page = self.page
        page.js(STAY)
        page.until("return document.documentElement.dataset.panels === 'ready'", START)
        page.js("for (const part of document.querySelectorAll('details')) part.open = true")
        # A driver's click misses what still moves, since all was opened.
        page.click("#test-digit")
        page.until("return document.getElementById('truth').textContent", START)
        page.until("return !document.getElementById('console-run').disabled", START)
        page.click("#learn-forget")
        page.click("#learn-start")
        page.until(LEARNS, START)
        page.js(POKE, "#learn-stop")
        for network in ("relu", "sigmoid"):
            # The second is chosen while the first may still be on its way.
            page.click(f"#networks input[value$={network}]")
            page.settle(START)
        page.click("#code .starters button")
        page.until("return document.querySelector('#console-log .printed')", START)
        page.draw(digits.strokes(3)).settle(START)
        page.focus('[data-neuron="1:3"]')
        self._look()
        return self

    def play(self, seconds=0, steps=0):
        """Do something, again and again, for so long and until so many steps have been taken in all."""
        end = time.monotonic() + seconds
        while time.monotonic() < end or self.steps < steps:
            self.step()
        return self

    def step(self):
        """Do one thing; now and then see whether the page keeps up."""
        act = self._random.choices(
            (self._draw, self._use, self._press, self._go_back, self._scroll, self._resize),
            (30, 40, 12, 12, 3, 1),
        )[0]
        self.last.append(act.__name__[1:])
        try:
            act()
            self.steps += 1
            if self.steps % 20 == 0:
                self._look()
        except (WebDriverException, AssertionError) as error:
            raise AssertionError(
                f"after {self.steps} steps, last {[*self.last]}: {error}"
            ) from error

    def finish(self):
        """Check that what is shown at the end is true of the ink and the dials as they are at the end."""
        page = self.page
        self._look()
        pen.lift_all(page.driver)
        page.resize(*WIDE)
        page.js("document.activeElement?.blur()")
        if page.data("playing") is not None:
            page.js(POKE, "#play")
        # A run, or steps in slow motion, would change the dials while they are looked at.
        page.js("document.getElementById('learn').open = false")
        # What was done last, in the console or to a dial, may still be on its way.
        until = time.monotonic() + SOON
        while wrong := self._untrue():
            assert time.monotonic() < until, f"{wrong}; last {[*self.last]}; {page.data()}"
        shown = self._shown()
        # Asked anew, the engine says the same.
        for _ in range(2):
            page.js(POKE, "#straighten")
            page.frame().settle()
        again = self._shown()
        assert np.array_equal(shown[0], again[0]), "asked anew, the picture is another"
        assert shown[1:] == again[1:], f"asked anew: {again[1:]} instead of {shown[1:]}"
        # And it still reads what a person would draw next.
        page.click("#networks input[value$=sigmoid]")
        page.until("return document.documentElement.dataset.network.endsWith('sigmoid')")
        page.settle(START)
        page.js(POKE, "#changed [data-history='put back']")
        page.until("return document.querySelector('#changed [data-history=\"put back\"]').disabled")
        for digit in (7, 3):
            page.js(POKE, "#clear")
            page.draw(digits.strokes(digit))
            said = page.answer()
            assert said == str(digit), f"a {digit} is read as {said}"
        self._look()

    def _shown(self):
        self.page.settle(START)
        self.page.frame()
        return np.array(self.page.pixels()), self.page.activations(), self.page.answer()

    def _untrue(self):
        """Say what is shown that is not so once the run, if there is one, is paused; "" if all is true."""
        page = self.page
        page.frame().until(PAUSED, START)
        shown = self._shown()
        name, *network = page.driver.execute_async_script(DIALS)
        said = page.js(SAID)
        if said != [name, name]:
            return f"the engine uses {name}, and the page says {said}"
        return self._other_than_the_dials_say(*network, *shown)

    def _other_than_the_dials_say(self, shape, activation, dials, pixels, activations, answer):
        """Compare every neuron with the formulas, on the layer before as it is shown; "" if they agree."""
        network = _unpacked(np.array(dials), shape)
        neurons = {f"{layer}:{n}" for layer, size in enumerate(shape) for n in range(size)}
        if not neurons >= set(activations):
            return f"a network of {shape} is shown with neurons {sorted(activations)}"
        relu, last = activation == "relu", len(network) // 2
        a = pixels
        # What is painted is rounded to a 255th.
        blur = np.where(pixels > 0, 0.5 / 255, 0)
        for layer in range(1, last + 1):
            W, b = network[f"W{layer - 1}"], network[f"b{layer - 1}"]
            z, unsure = W @ a + b, np.abs(W) @ blur
            squish = (lambda z: np.maximum(z, 0)) if relu and layer < last else oracle.sigmoid
            # Of a large layer, only some neurons are shown.
            shown = np.array([activations.get(f"{layer}:{n}", np.nan) for n in range(len(b))])
            slack = 1e-3 * (1 + np.abs(squish(z)))
            low, high = squish(z - unsure) - slack, squish(z + unsure) + slack
            off = np.flatnonzero((shown < low) | (shown > high))
            if len(off):
                most = np.nanmax(np.abs(shown - squish(z)))
                return (
                    f"layer {layer} of {shape} {activation}, {np.count_nonzero(pixels)} pixels lit,"
                    f" answer {answer}: neurons {off} show {shown[off]}, the dials give {squish(z)[off]},"
                    f" up to {most:.4f} apart"
                )
            hidden = np.isnan(shown)
            a = np.where(hidden, squish(z), shown)
            blur = np.where(hidden, squish(z + unsure) - squish(z - unsure), 1e-5)
        if self.page.data("ink") != "0" and answer != "blank":
            first, second = np.sort(a)[::-1][:2]
            clear = first >= 0.52 and first - second >= 0.1
            close = abs(first - 0.52) < 1e-3 or abs(first - second - 0.1) < 1e-3
            right = str(a.argmax()) if clear else "unsure"
            # What strokes tell can outweigh the outputs, as the words say.
            told = any(words in self.page.words() for words in ("more than one", "many strokes"))
            if not close and not (answer == "unsure" and told) and answer != right:
                return f"answer {answer} instead of {right}: {a}"
        return ""

    def _look(self):
        """See whether the page is well: no error, no failure, and an answer to the ink."""
        page = self.page
        # Whoever presses Stop waits for another worker.
        page.until_engine("ready")
        if page.data("playing") is None:
            page.settle(START)
        # What the tests note by themselves is no memory of the page's.
        page.js("for (const list of ['seen', 'progress', 'spoken']) noted[list].length = 0")
        wrong = [*page.errors(), page.failure()]
        assert wrong == [""], wrong

    def _draw(self):
        rnd = self._random
        if rnd.random() < 0.4:
            size, left, top = rnd.uniform(0.3, 1), rnd.uniform(0, 0.3), rnd.uniform(0, 0.3)
            strokes = digits.strokes(rnd.randrange(10))
            strokes = [[(left + size * x, top + size * y) for x, y in one] for one in strokes]
        else:
            x, y = rnd.random(), rnd.random()
            stroke = [(x, y)]
            for _ in range(rnd.randrange(12)):
                x, y = (min(max(v + rnd.gauss(0, 0.15), -0.05), 1.05) for v in (x, y))
                stroke.append((x, y))
            strokes = [stroke]
        left, top, side = self.page.pad()
        width, height = self.page.js("return [innerWidth, innerHeight]")
        # The drivers refuse what is outside the window.
        strokes = [
            [
                (
                    min(max(x, -left / side), (width - 2 - left) / side),
                    min(max(y, -top / side), (height - 2 - top) / side),
                )
                for x, y in stroke
            ]
            for stroke in strokes
        ]
        pen.Pen(self.page, rnd.choice(self._pens)).draw(strokes)

    def _use(self):
        rnd = self._random
        found = self.page.js(CHOOSE, rnd.random(), rnd.random(), rnd.random())
        self.last[-1] = f"{found['what']} {found['said']}"
        what, (left, top, width, height) = found["what"], found["box"]

        def place():
            x, y = left + width * rnd.uniform(0.1, 0.9), top + height * rnd.uniform(0.2, 0.8)
            return (
                min(max(x, 0), found["window"][0] - 1),
                min(max(y, 0), found["window"][1] - 1),
            )

        if what in ("slider", "surface") and rnd.random() < 0.7:
            pen.Pen(self.page).through([place() for _ in range(rnd.randrange(2, 6))])
        elif what == "neuron" and rnd.random() < 0.6:
            pen.Pen(self.page).at(*place())
        elif what in ("field", "prompt"):
            self._type(place(), NUMBERS if what == "field" else SNIPPETS)
        elif what != "select":
            pen.Pen(self.page).at(*place(), press=True)

    def _type(self, place, texts):
        text = self._random.choice(texts)
        self.last[-1] += f" {text!r}"
        pen.Pen(self.page).at(*place, press=True)
        keys = ActionChains(self.page.driver)
        keys.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL)
        keys.send_keys(text, Keys.ENTER).perform()

    def _press(self):
        for _ in range(self._random.randrange(1, 5)):
            self.page.key(*self._random.choice(CHORDS))

    def _go_back(self):
        name = self._random.choice(("undo", "undo", "redo", "clear", "clear", "test-digit", "play"))
        self.last[-1] = name
        self.page.js(POKE, f"#{name}")

    def _scroll(self):
        self.page.js(
            "scrollTo(0, arguments[0] * document.body.scrollHeight)", self._random.random()
        )

    def _resize(self):
        self.page.resize(*self._random.choice((WIDE, WIDE, TABLET, PHONE)))


def _unpacked(dials, sizes):
    """Split all weights and biases, as the engine sends them, into W0, b0, W1 and so on."""
    network, at = {}, 0
    for layer, (before, after) in enumerate(pairwise(sizes)):
        network[f"W{layer}"] = dials[at : at + before * after].reshape(after, before)
        at += before * after
        network[f"b{layer}"] = dials[at : at + after]
        at += after
    assert at == len(dials)
    return network
