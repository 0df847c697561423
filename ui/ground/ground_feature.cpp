// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/ground_feature.h"

#include "ui/base/held_key.h"
#include "ui/base/owned.h"
#include "ui/ground/bookmark_controller.h"
#include "ui/ground/bookmark_panel.h"
#include "ui/ground/composite_menu.h"
#include "ui/ground/dates_controller.h"
#include "ui/ground/overlay_controller.h"
#include "ui/ground/picture_panel.h"
#include "ui/ground/pointer_controller.h"
#include "ui/ground/pointer_panel.h"
#include "ui/ground/scene_controller.h"
#include "ui/ground/stretch_controller.h"
#include "ui/marginalia/view_overlay.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QAction>

namespace nunatak::ui::ground {

using marginalia::ViewOverlay;
using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;
using viewport::Viewport;

GroundFeature::GroundFeature(Shell& shell, Workspace& workspace, Viewport& viewport, ViewOverlay& marginalia)
    : m_scene(std::make_unique<SceneController>(workspace, viewport)) {
    auto* bookmarks = owned<BookmarkPanel>();
    auto* pointer = owned<PointerPanel>();
    auto* picture = owned<PicturePanel>();
    shell.addDock({"bookmarkDock", BookmarkPanel::tr("Bookmarks"), Qt::LeftDockWidgetArea, 3}, bookmarks);
    shell.addDock({"pointerDock", PointerPanel::tr("Under the pointer"), Qt::LeftDockWidgetArea, 5}, pointer);
    shell.addDock({"pictureDock", PicturePanel::tr("Picture"), Qt::LeftDockWidgetArea, 9}, picture);

    m_overlays = std::make_unique<OverlayController>(workspace, viewport, *m_scene, *picture,
                                                     shell.settings(), &shell.window());
    m_stretch = std::make_unique<StretchController>(workspace, viewport, *m_scene, nullptr);
    addDates(shell, workspace, viewport);
    addBookmarks(shell, workspace, viewport, *bookmarks);
    m_pointer = std::make_unique<PointerController>(workspace, viewport, *pointer, nullptr);
    m_pointer->setOverlay([this] { return m_overlays->shown(); });
    m_composites = std::make_unique<CompositeMenu>(shell, workspace, *m_scene);
    addPictureBefore(shell, workspace);
    addConditions(shell);

    connect(picture, &PicturePanel::stretchFromViewWanted, m_stretch.get(), &StretchController::takeFromView);
    connect(m_overlays.get(), &OverlayController::legendsChanged, &marginalia,
            [this, &marginalia] { marginalia.setLegends(m_overlays->legends()); });
    connect(m_scene.get(), &SceneController::terrainShown, &marginalia, &ViewOverlay::drawOverview);
    connect(m_composites.get(), &CompositeMenu::shown, this, &GroundFeature::compositeShown);
    const auto say = [&shell](const QString& sentence) { shell.say(sentence); };
    connect(m_scene.get(), &SceneController::said, this, say);
    connect(m_dates.get(), &DatesController::said, this, say);
    connect(m_bookmarks.get(), &BookmarkController::done, this, say);
    connect(m_overlays.get(), &OverlayController::unknown, this, say);
}

GroundFeature::~GroundFeature() = default;

QMenu& GroundFeature::composites() const {
    return m_composites->menu();
}

void GroundFeature::addDates(Shell& shell, Workspace& workspace, Viewport& viewport) {
    m_dates = std::make_unique<DatesController>(workspace, viewport, *m_scene, nullptr);
    shell.addAction(MenuPlace::Looking, Needs::Project,
                    {"previousDate", "media-skip-backward", DatesController::tr("Previ&ous date"),
                     QKeySequence(QStringLiteral("[")),
                     DatesController::tr("Look at the project's scene before, by date")},
                    [this] { m_dates->step(-1); });
    shell.addAction(MenuPlace::Looking, Needs::Project,
                    {"nextDate", "media-skip-forward", DatesController::tr("Next &date"),
                     QKeySequence(QStringLiteral("]")),
                     DatesController::tr("Look at the project's next scene by date")},
                    [this] { m_dates->step(1); });
}

void GroundFeature::addBookmarks(Shell& shell, Workspace& workspace, Viewport& viewport,
                                 BookmarkPanel& panel) {
    auto* menu = shell.addMenu(MenuPlace::Looking, "bookmarks", BookmarkController::tr("&Bookmarks"));
    shell.addAction(*menu, Needs::Project,
                    {"addBookmark", "bookmark-new", BookmarkController::tr("Add &bookmark"),
                     QKeySequence(QStringLiteral("Ctrl+B")),
                     BookmarkController::tr("Keep this view in the project, to come back to it")},
                    [this] { m_bookmarks->add(); });
    m_bookmarks = std::make_unique<BookmarkController>(workspace, viewport, panel, *menu, nullptr);
    connect(m_bookmarks.get(), &BookmarkController::exaggerationWanted, m_scene.get(),
            &SceneController::setExaggeration);
}

void GroundFeature::addPictureBefore(Shell& shell, Workspace& workspace) {
    auto* before = shell.addAction(
        MenuPlace::Painted, Needs::Project,
        {"pictureBefore", "view-history", DatesController::tr("Pict&ure before"),
         QKeySequence(QStringLiteral("P")),
         DatesController::tr("Hold: show the date before this one, or else the bands before these")},
        [] {});
    before->setCheckable(true);
    whileHeld(
        *before, *this,
        [this, before](bool wanted) {
            bool isShown = false;
            if (wanted) {
                isShown = m_dates->showBefore() || m_scene->showBefore();
            } else {
                m_dates->endBefore();
                m_scene->endBefore();
            }
            before->setChecked(isShown);
        },
        [&shell] { shell.say(DatesController::tr("Hold P to see the picture before.")); });
    connect(&workspace, &Workspace::sessionEnded, this, [before] { before->setChecked(false); });
}

void GroundFeature::addConditions(Shell& shell) {
    const auto add = [&](const QString& overlay, const ActionDescription& description) {
        auto* action = shell.addAction(MenuPlace::Shown, Needs::Project, description, [] {});
        action->setCheckable(true);
        connect(action, &QAction::triggered, m_overlays.get(),
                [this, overlay](bool on) { m_overlays->choose(on ? overlay : QString()); });
        connect(m_overlays.get(), &OverlayController::shownChanged, action,
                [action, overlay](const QString& shown) { action->setChecked(shown == overlay); });
    };
    add(QStringLiteral("condition:snow"),
        {"snow", "weather-snow", OverlayController::tr("&Snow and ice"),
         QKeySequence(QStringLiteral("Shift+S")),
         OverlayController::tr(
             "Colour where the picture has snow or ice (NDSI above 0.4 and NIR above 0.11)")});
    add(QStringLiteral("condition:cast_shadow"),
        {"castShadow", "contrast", OverlayController::tr("Cast s&hadow"),
         QKeySequence(QStringLiteral("Shift+H")),
         OverlayController::tr("Colour where terrain keeps the sun away, by elevation model and sun")});
    add(QStringLiteral("condition:cloud"),
        {"cloud", "weather-clouds", OverlayController::tr("&Cloud"), QKeySequence(QStringLiteral("Shift+C")),
         OverlayController::tr("Colour what the product flags as cloud; the flags fire on bright ice too")});
}

} // namespace nunatak::ui::ground
