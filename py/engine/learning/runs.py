"""Runs: what the page may do with the run that trains the network LEARNED.

Each function returns ``replies.progress``, and says so if it returns more. Settings are JSON text (see
``training.settings``); if they are refused, nothing changes, and the reply has ``refused``.
"""

import asyncio

import numpy as np

from engine.learning import replies
from engine.learning.trainer import LEARNED, Trainer
from engine.offer import offered
from engine.session import session
from nn.checks import numbers
from training import settings as settings_
from training import state as state_
from training import weights
from training.batches import Batch

trainer = Trainer(session)
