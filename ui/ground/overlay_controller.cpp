// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/overlay_controller.h"

#include "overlays/condition_overlays.h"
#include "overlays/file_overlay.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/ground/add_overlay_dialog.h"
#include "ui/ground/overlay_box.h"
#include "ui/ground/overlay_names.h"
#include "ui/ground/picture_panel.h"
#include "ui/ground/project_overlays.h"
#include "ui/ground/scene_controller.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QPointer>

#include <algorithm>

namespace nunatak::ui::ground {

using marginalia::NamedLegend;
using session::JobQueue;
using session::Session;
using session::Workspace;
using viewport::Viewport;

namespace {

constexpr double usualOpacity = 0.7;

/// The sun of a scene, where it is known.
std::optional<terrain::Sun> sunOf(const scene::Scene& scene) {
    return scene.sunAzimuth && scene.sunElevation
               ? std::optional(terrain::Sun{*scene.sunAzimuth, *scene.sunElevation})
               : std::nullopt;
}

} // namespace

OverlayController::OverlayController(Workspace& workspace, Viewport& viewport, SceneController& scene,
                                     PicturePanel& panel, UserSettings& settings, QWidget* window)
    : QObject(window), m_workspace(workspace), m_viewport(viewport), m_scene(scene), m_panel(panel),
      m_settings(settings), m_window(window) {
    connect(&m_workspace, &Workspace::sessionStarted, this, &OverlayController::begin);
    connect(&m_workspace, &Workspace::sessionEnded, this, &OverlayController::end);
    connect(&m_workspace, &Workspace::rastersMade, this, &OverlayController::refresh);
    connect(&m_scene, &SceneController::drapeChanged, this, &OverlayController::showStyle);
    connect(&m_scene, &SceneController::sceneChanged, this, &OverlayController::refresh);
    connect(&m_scene, &SceneController::terrainShown, this, [this] {
        // Another terrain lies bare.
        if (const auto* overlay = find(m_shown)) {
            m_viewport.setOverlay(overlay->read);
        }
        showStyle();
    });
    connect(&m_panel, &PicturePanel::styleChanged, this, &OverlayController::applyStyle);
    auto& box = m_panel.overlays();
    connect(&box, &OverlayBox::chosen, this, &OverlayController::choose);
    connect(&box, &OverlayBox::fitRequested, this, &OverlayController::fit);
    connect(&box, &OverlayBox::addRequested, this, &OverlayController::askForFile);
    connect(&box, &OverlayBox::removeRequested, this, &OverlayController::removeFile);
}

void OverlayController::begin() {
    auto* session = m_workspace.session();
    connect(session, &Session::layersChanged, this, &OverlayController::refresh);
    connect(session, &Session::outlinesChanged, this, [this] {
        // What nobody looks at can wait until somebody does.
        m_isOutdated = true;
        if (const auto* overlay = find(m_shown); isOutdated(overlay)) {
            show(*upToDate(overlay));
        }
    });
    m_shown = session->view().overlay;
    refresh();
    openFiles();
}

void OverlayController::end() {
    if (m_measuring != nullptr) {
        m_measuring->cancel();
        m_measuring.reset();
    }
    m_own.clear();
    m_files.clear();
    m_conditions.clear();
    m_conditionsOf.clear();
    m_shown.clear();
    Q_EMIT shownChanged({});
    m_viewport.setOverlay({});
    m_panel.overlays().setOverlays({});
    Q_EMIT legendsChanged();
}

void OverlayController::refresh() {
    if (m_workspace.session() == nullptr) {
        return;
    }
    collect();
    showList();
    if (const auto* overlay = find(m_shown)) {
        show(*overlay);
    } else {
        m_viewport.setOverlay({});
        m_panel.overlays().setOverlay({}, false);
        Q_EMIT legendsChanged();
    }
}

void OverlayController::collect() {
    auto* session = m_workspace.session();
    m_own.clear();
    m_isOutdated = false;
    const auto add = [this](std::vector<overlays::Overlay> more) {
        std::move(more.begin(), more.end(), std::back_inserter(m_own));
    };
    if (session->scene() != nullptr) {
        const auto& id = session->scene()->scene().id;
        if (m_conditionsOf != id) {
            m_conditionsOf = id;
            m_conditions = overlays::overlaysOfConditions(session->scene());
            m_prepared.clear();
        }
        add(m_conditions);
        add(overlaysOfProject(session->project(), session->scene(), session->readers()));
    }
}

void OverlayController::showList() {
    std::vector<OverlayRow> rows;
    for (const auto* list : {&m_own, &m_files}) {
        for (const auto& overlay : *list) {
            rows.push_back({text(overlay.id), overlayGroup(overlay.origin), overlayText(overlay),
                            overlay.origin == overlays::Origin::File});
        }
    }
    m_panel.overlays().setOverlays(rows);
}

const overlays::Overlay* OverlayController::find(const QString& id) const {
    for (const auto* list : {&m_own, &m_files}) {
        for (const auto& overlay : *list) {
            if (text(overlay.id) == id) {
                return &overlay;
            }
        }
    }
    return nullptr;
}

bool OverlayController::isOutdated(const overlays::Overlay* overlay) const {
    return m_isOutdated && overlay != nullptr && overlay->origin == overlays::Origin::Difference;
}

const overlays::Overlay* OverlayController::upToDate(const overlays::Overlay* overlay) {
    const auto* session = m_workspace.session();
    if (isOutdated(overlay) && session != nullptr && session->scene() != nullptr) {
        m_isOutdated = false;
        for (auto& now : differencesOfProject(session->project(), session->scene()->scene().id)) {
            const auto known = std::find_if(m_own.begin(), m_own.end(),
                                            [&now](const auto& other) { return other.id == now.id; });
            if (known != m_own.end()) {
                *known = std::move(now);
            }
        }
    }
    return overlay;
}

void OverlayController::showStyle() {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr) {
        m_panel.setChoices({}, {}, std::nullopt);
        return;
    }
    const auto& scene = session->scene()->scene();
    m_panel.setChoices(m_scene.styles(), scene.bands("optical"), sunOf(scene));
    m_panel.setStyle(m_scene.drape(), m_viewport.legend());
    Q_EMIT legendsChanged();
}

void OverlayController::applyStyle(const terrain::DrapeStyle& style) {
    m_scene.setDrape(style);
}

void OverlayController::choose(const QString& id) {
    m_shown = id;
    if (auto* session = m_workspace.session()) {
        session->view().overlay = id;
    }
    Q_EMIT shownChanged(id);
    if (m_measuring != nullptr) {
        m_measuring->cancel();
        m_measuring.reset();
    }
    const auto* overlay = upToDate(find(id));
    if (overlay == nullptr) {
        m_viewport.setOverlay({});
        m_panel.overlays().setOverlay({}, false);
        Q_EMIT legendsChanged();
        return;
    }
    show(*overlay);
    if (m_viewport.terrain() != nullptr && m_measuring == nullptr) {
        lookForRange(*overlay, m_viewport.terrain()->heightGrid.extent());
    }
}

void OverlayController::show(const overlays::Overlay& overlay) {
    const bool hasColors =
        overlay.quantity != overlays::Quantity::Picture && overlay.quantity != overlays::Quantity::Flag;
    m_panel.overlays().setUnit(overlay.unit);
    m_panel.overlays().setOverlay(text(overlay.id), hasColors);
    m_viewport.setOverlay(overlay.read);
    Q_EMIT legendsChanged();
    if (overlay.prepare && m_prepared != m_shown) {
        lookForRange(overlay, {});
    }
}

void OverlayController::fit() {
    const auto* overlay = find(m_shown);
    const auto terrain = m_viewport.terrain();
    if (overlay == nullptr || terrain == nullptr) {
        return;
    }
    geo::Extent seen;
    for (const auto& corner : m_viewport.footprint()) {
        seen.include(corner);
    }
    const auto whole = terrain->heightGrid.extent();
    seen = {std::max(seen.xmin, whole.xmin), std::max(seen.ymin, whole.ymin), std::min(seen.xmax, whole.xmax),
            std::min(seen.ymax, whole.ymax)};
    lookForRange(*overlay, seen.empty() ? whole : seen);
}

void OverlayController::lookForRange(const overlays::Overlay& overlay, const geo::Extent& extent) {
    if (m_measuring != nullptr) {
        m_measuring->cancel();
    }
    // What has to be looked through first is worth a line in the status bar.
    const auto shown = overlay.prepare ? JobQueue::Shown::Yes : JobQueue::Shown::Silently;
    const QPointer<Session> session = m_workspace.session();
    m_measuring = m_workspace.jobs().start<overlays::Range>(
        tr("Look at the values of %1").arg(overlayText(overlay)), jobs::Lane::Background,
        [overlay, extent, crs = session->crs()](const Progress& progress) {
            if (overlay.prepare) {
                overlay.prepare(progress);
            }
            return overlays::rangeOf(overlay, extent, crs, progress);
        },
        {.succeeded =
             [this, session, overlay](overlays::Range& range) {
                 m_measuring.reset();
                 if (session == nullptr || session != m_workspace.session() || text(overlay.id) != m_shown) {
                     return;
                 }
                 if (overlay.prepare) {
                     m_prepared = m_shown;
                     m_viewport.setOverlay(overlay.read);
                 }
                 auto style = m_scene.drape();
                 style.overlay.low = range.low;
                 style.overlay.high = range.high;
                 style.overlay.colorMap = overlayColors(overlay, range);
                 if (style.overlay.opacity <= 0) {
                     style.overlay.opacity = usualOpacity;
                 }
                 m_scene.setDrape(style);
             },
         .failed =
             [this, overlay](const QString& sentence) {
                 m_measuring.reset();
                 if (text(overlay.id) == m_shown) {
                     choose({});
                     if (overlay.prepare) {
                         Q_EMIT unknown(sentence);
                     } else {
                         Q_EMIT m_workspace.problem(overlayText(overlay), sentence);
                     }
                 }
             },
         .cancelled = {}},
        shown);
}

void OverlayController::openFiles() {
    const QPointer<Session> session = m_workspace.session();
    for (const auto& file : session->view().overlayFiles) {
        using Found = std::vector<overlays::Overlay>;
        m_workspace.jobs().start<Found>(
            tr("Open %1").arg(file), jobs::Lane::Background,
            [name = file.toStdString(), pool = session->readers()](const Progress&) {
                return overlays::overlaysOfFile(name, pool);
            },
            {.succeeded =
                 [this, session](Found& found) {
                     if (session != nullptr && session == m_workspace.session()) {
                         std::move(found.begin(), found.end(), std::back_inserter(m_files));
                         refresh();
                     }
                 },
             .failed = [](const QString&) {}, // a drive that is not there today may be tomorrow
             .cancelled = {}},
            JobQueue::Shown::Silently);
    }
}

void OverlayController::addFile(const QString& fileOrAddress) {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || fileOrAddress.isEmpty()) {
        return;
    }
    using Found = std::vector<overlays::Overlay>;
    m_workspace.jobs().start<Found>(
        tr("Open %1").arg(fileOrAddress), jobs::Lane::Background,
        [name = fileOrAddress.toStdString(), pool = session->readers()](const Progress&) {
            return overlays::overlaysOfFile(name, pool);
        },
        {.succeeded =
             [this, session, fileOrAddress](Found& found) {
                 if (session == nullptr || session != m_workspace.session() || found.empty()) {
                     return;
                 }
                 std::erase_if(m_files, [&](const overlays::Overlay& known) {
                     return overlayFile(text(known.id)) == fileOrAddress;
                 });
                 const auto first = text(found.front().id);
                 std::move(found.begin(), found.end(), std::back_inserter(m_files));
                 auto& files = session->view().overlayFiles;
                 files.removeAll(fileOrAddress);
                 files << fileOrAddress;
                 showList();
                 choose(first);
             },
         .failed =
             [this](const QString& sentence) { Q_EMIT m_workspace.problem(tr("Add a raster"), sentence); },
         .cancelled = {}});
}

void OverlayController::askForFile() {
    auto* dialog = owned<AddOverlayDialog>(m_settings, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { addFile(dialog->fileOrAddress()); });
    dialog->open();
}

void OverlayController::removeFile(const QString& id) {
    const auto file = overlayFile(id);
    if (file.isEmpty()) {
        return;
    }
    std::erase_if(m_files,
                  [&](const overlays::Overlay& known) { return overlayFile(text(known.id)) == file; });
    if (auto* session = m_workspace.session()) {
        session->view().overlayFiles.removeAll(file);
    }
    if (find(m_shown) == nullptr) {
        choose({});
    }
    showList();
}

std::optional<overlays::Overlay> OverlayController::shown() const {
    const auto* overlay = find(m_shown);
    return overlay != nullptr ? std::optional(*overlay) : std::nullopt;
}

std::vector<NamedLegend> OverlayController::legends() const {
    std::vector<NamedLegend> all;
    if (const auto ground = m_viewport.legend()) {
        all.push_back({styleText(m_scene.drape().composite.name), *ground});
    }
    if (const auto over = m_panel.overlays().legend()) {
        if (const auto* overlay = find(m_shown)) {
            all.push_back({overlayText(*overlay), *over});
        }
    }
    return all;
}

} // namespace nunatak::ui::ground
