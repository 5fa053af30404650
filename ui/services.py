"""What every page is given: built once by ui.app, handed to constructors."""

from dataclasses import dataclass

from ui.alerts import Alerts
from ui.navigation import Navigation
from ui.open_campagne import OpenCampagne
from ui.phrases import Phrases
from ui.settings import Settings
from ui.tasks import TaskRunner
from ui.theme import Theme


@dataclass(frozen=True, kw_only=True)
class Services:
    """Settings, look, messages, background work, the open campagne, the way from page to page, the phrases."""

    reglages: Settings
    theme: Theme
    alertes: Alerts
    taches: TaskRunner
    campagne: OpenCampagne
    navigation: Navigation
    phrases: Phrases
