"""What every page is given: built once by ui.app, handed to constructors."""

from dataclasses import dataclass

from ui.alerts import Alerts
from ui.navigation import Navigation
from ui.open_campagne import OpenCampagne
from ui.settings import Settings
from ui.tasks import TaskRunner
from ui.theme import Theme


@dataclass(frozen=True, kw_only=True)
class Services:
    """Settings, look, messages, background work, the open campagne, and the way from page to page."""

    reglages: Settings
    theme: Theme
    alertes: Alerts
    taches: TaskRunner
    campagne: OpenCampagne
    navigation: Navigation
