// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/view_actions.h"

#include "ui/base/action_factory.h"
#include "ui/base/owned.h"
#include "ui/terrain/drape_style.h"

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
    nextGlacier = makeAction(window, {"nextGlacier", "go-next", tr("N&ext glacier"), tr("."),
                                      tr("Select the layer's next glacier, by size, and fly there")});
    previousGlacier = makeAction(window, {"previousGlacier", "go-previous", tr("P&revious glacier"), tr(","),
                                          tr("Select the layer's previous glacier, by size, and fly there")});
    nextDate = makeAction(window, {"nextDate", "media-skip-forward", tr("Next &date"), tr("]"),
                                   tr("Look at the project's next scene by date")});
    previousDate = makeAction(window, {"previousDate", "media-skip-backward", tr("Previ&ous date"), tr("["),
                                       tr("Look at the project's scene before, by date")});
    addBookmark = makeAction(window, {"addBookmark", "bookmark-new", tr("Add &bookmark"), tr("Ctrl+B"),
                                      tr("Keep this view in the project, to come back to it")});
    viewBefore = makeAction(window, {"viewBefore", "go-previous-view", tr("View be&fore"), tr("Alt+Left"),
                                     tr("Fly back to where the view was before the last flight or jump")});
    addPictures(window);
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
    pictureBefore = addHeld("pictureBefore", "view-history", tr("Pict&ure before"), tr("P"),
                            tr("Hold: show the date before this one, or else the bands before these"));
    loupe = addHeld("loupe", "zoom-in", tr("&Loupe"), tr("Z"),
                    tr("Hold: show what is around the pointer four times as large"));
    hideOutlines = addHeld("hideOutlines", "view-hidden", tr("Hi&de all outlines"), tr("L"),
                           tr("Tap: hide or show all outlines; hold: only while it is held"));
    const auto addCondition = [&](const char* name, const char* icon, const QString& text,
                                  const QString& keys, const QString& tip) {
        auto* action = makeAction(window, {name, icon, text, keys, tip});
        action->setCheckable(true);
        return action;
    };
    snow = addCondition("snow", "weather-snow", tr("&Snow and ice"), tr("Shift+S"),
                        tr("Colour where the picture has snow or ice (NDSI above 0.4 and NIR above 0.11)"));
    castShadow = addCondition("castShadow", "contrast", tr("Cast s&hadow"), tr("Shift+H"),
                              tr("Colour where terrain keeps the sun away, by elevation model and sun"));
    cloud = addCondition("cloud", "weather-clouds", tr("&Cloud"), tr("Shift+C"),
                         tr("Colour what the product flags as cloud; the flags fire on bright ice too"));
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

void ViewActions::addPictures(QWidget* window) {
    const auto add = [&](const char* picture, const char* name, const QString& text, const QString& tip) {
        const auto key = QString::number(pictures.size() + 1);
        auto* action = makeAction(window, {name, "layer-visible-on", text, key, tip});
        action->setCheckable(true);
        action->setData(QString::fromLatin1(picture));
        pictures.push_back(action);
    };
    add("natural", "pictureNatural", tr("&Natural"), tr("Paint the ground with red, green and blue"));
    add("infrared", "pictureInfrared", tr("&Infrared"), tr("Paint the ground with NIR, red and green"));
    add("ice", "pictureIce", tr("I&ce"), tr("Paint the ground with SWIR1, NIR and red: ice is blue"));
    add("NDSI", "pictureNdsi", tr("N&DSI"), tr("Paint the ground with its snow index, of green and SWIR1"));
    add("hillshade", "pictureHillshade", tr("&Hillshade"), tr("Paint the ground with its relief alone"));
    add(terrain::bandsOfChoice, "pictureOwnBands", tr("&Own bands"),
        tr("Paint the ground with the three bands that the panel Picture was told"));
}

void ViewActions::setProjectOpen(bool open) {
    for (auto* action : {north, flatMap, nextGlacier, previousGlacier, nextDate, previousDate, addBookmark,
                         viewBefore, pictureBefore, loupe, hideOutlines, overview, hiddenOutlines, snow,
                         castShadow, cloud, resetLayout}) {
        action->setEnabled(open);
    }
    for (auto* action : pictures) {
        action->setEnabled(open);
    }
}

void ViewActions::setTheme(ThemeChoice choice) {
    for (auto* action : theme->actions()) {
        action->setChecked(action->data().toInt() == static_cast<int>(choice));
    }
}

} // namespace nunatak::ui::window
