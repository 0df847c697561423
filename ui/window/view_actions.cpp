// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/view_actions.h"

#include "ui/base/action_factory.h"
#include "ui/base/owned.h"

#include <QAction>
#include <QActionGroup>
#include <QWidget>

namespace nunatak::ui::window {

ViewActions::ViewActions(QWidget* window) : QObject(window) {
    north = makeAction(window, {"north", "compass", tr("&North up"), tr("Shift+N"),
                                tr("Turn the view so that true north is up; the tilt stays")});
    flatMap = makeAction(window, {"flatMap", "draw-rectangle", tr("Flat &map"), tr("M"),
                                  tr("Stay straight above, without perspective and tilt, to digitise on")});
    flatMap->setCheckable(true);
    nextGlacier = makeAction(window, {"nextGlacier", "go-next", tr("N&ext glacier"), tr("PgDown"),
                                      tr("Select the layer's next glacier, by size, and fly there")});
    previousGlacier =
        makeAction(window, {"previousGlacier", "go-previous", tr("P&revious glacier"), tr("PgUp"),
                            tr("Select the layer's previous glacier, by size, and fly there")});
    viewBefore = makeAction(window, {"viewBefore", "go-previous-view", tr("View be&fore"), tr("Alt+Left"),
                                     tr("Fly back to where the view was before the last flight or jump")});
    overview = makeAction(window, {"overview", "map-globe", tr("O&verview map"), tr("V"),
                                   tr("Show where in the scene the view is")});
    overview->setCheckable(true);
    hiddenOutlines = makeAction(window, {"hiddenOutlines", "view-visible", tr("Outlines be&hind mountains"),
                                         tr("H"), tr("Show outlines behind mountains too, thin and pale")});
    hiddenOutlines->setCheckable(true);
    const auto addHeld = [&](const char* name, const char* icon, const QString& text, const QString& keys,
                             const QString& tip) {
        auto* action = makeAction(window, {name, icon, text, keys, tip});
        action->setCheckable(true);
        return action;
    };
    loupe = addHeld("loupe", "zoom-in", tr("&Loupe"), tr("Z"),
                    tr("Hold: show what is around the pointer four times as large"));
    hideOutlines = addHeld("hideOutlines", "view-hidden", tr("Hi&de all outlines"), tr("L"),
                           tr("Tap: hide or show all outlines; hold: only while it is held"));
    resetLayout = makeAction(window, {"resetLayout", "view-restore", tr("&Reset panels"), tr("Alt+0"),
                                      tr("Put all panels back where they were at first")});

    theme = owned<QActionGroup>(window);
    const auto addTheme = [&](ThemeChoice choice, const char* name, const char* icon, const QString& text,
                              const QString& keys, const QString& tip) {
        auto* action = makeAction(window, {name, icon, text, keys, tip});
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        theme->addAction(action);
    };
    addTheme(ThemeChoice::Desktop, "themeDesktop", "preferences-desktop-theme", tr("As the &desktop"),
             tr("Ctrl+T, D"), tr("Light or dark as the desktop is"));
    addTheme(ThemeChoice::Light, "themeLight", "weather-clear", tr("&Light"), tr("Ctrl+T, L"),
             tr("Always light"));
    addTheme(ThemeChoice::Dark, "themeDark", "weather-clear-night", tr("D&ark"), tr("Ctrl+T, N"),
             tr("Always dark, for work at night and for pictures on a wall"));
    setProjectOpen(false);
}

void ViewActions::setProjectOpen(bool open) {
    for (auto* action : {north, flatMap, nextGlacier, previousGlacier, viewBefore, loupe, hideOutlines,
                         overview, hiddenOutlines, resetLayout}) {
        action->setEnabled(open);
    }
}

void ViewActions::setTheme(ThemeChoice choice) {
    for (auto* action : theme->actions()) {
        action->setChecked(action->data().toInt() == static_cast<int>(choice));
    }
}

} // namespace nunatak::ui::window
