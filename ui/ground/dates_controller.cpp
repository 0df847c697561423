// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/dates_controller.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/ground/scene_controller.h"
#include "ui/ground/swipe_line.h"
#include "ui/ground/time_bar.h"
#include "ui/session/drape_state.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QEvent>
#include <QPointer>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace nunatak::ui::ground {

using session::drapeFor;
using session::JobQueue;
using session::Session;
using session::Workspace;
using viewport::SceneComparison;
using viewport::Viewport;

namespace {

constexpr std::chrono::milliseconds
    flickerPace(700); // slow enough to look at each, quick enough to see change
constexpr std::chrono::seconds keptFor(30);
constexpr int margin = 14;
constexpr int cornerWidth = 84; // of the view, where the compass stands

std::vector<const scene::Scene*> byDate(const std::vector<scene::Scene>& scenes) {
    std::vector<const scene::Scene*> sorted;
    for (const auto& scene : scenes) {
        sorted.push_back(&scene);
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto* a, const auto* b) { return a->date < b->date; });
    return sorted;
}

} // namespace

DatesController::DatesController(Workspace& workspace, Viewport& viewport, SceneController& scene,
                                 QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport), m_scene(scene),
      m_bar(owned<TimeBar>(&viewport)), m_line(owned<SwipeLine>(&viewport)) {
    m_viewport.installEventFilter(this);
    m_flicker.setInterval(flickerPace);
    connect(&m_flicker, &QTimer::timeout, this, [this] {
        m_comparison.showsOther = !m_comparison.showsOther;
        m_viewport.setComparison(m_comparison);
    });
    // Each tile that comes into view is painted twice until then.
    m_forget.setSingleShot(true);
    m_forget.setInterval(keptFor);
    connect(&m_forget, &QTimer::timeout, this, [this] {
        if (m_other.isEmpty()) {
            m_before.clear();
            m_onGround.clear();
            m_viewport.setOther(nullptr);
        }
    });
    connect(m_line, &SwipeLine::moved, this, [this](double share) {
        m_comparison.swipe = share;
        showComparison();
    });
    connect(m_bar, &TimeBar::sceneChosen, this, [this](const QString& id) {
        // The slider must not be filled anew from within its own signal.
        QMetaObject::invokeMethod(
            this, [this, id] { m_scene.setScene(id.toStdString()); }, Qt::QueuedConnection);
    });
    connect(m_bar, &TimeBar::otherChosen, this, &DatesController::compareWith);
    connect(m_bar, &TimeBar::modeChosen, this, &DatesController::setMode);
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::scenesChanged, this, &DatesController::refresh);
        refresh();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, &DatesController::end);
    connect(&m_scene, &SceneController::sceneChanged, this, &DatesController::refresh);
    connect(&m_scene, &SceneController::terrainShown, this, &DatesController::loadOther);
}

void DatesController::end() {
    if (m_loading != nullptr) {
        m_loading->cancel();
        m_loading.reset();
    }
    m_other.clear();
    m_before.clear();
    m_onGround.clear();
    m_showsBefore = false;
    m_bar->setScenes({}, {});
    m_bar->setOther({}, m_comparison.mode);
    showComparison();
}

void DatesController::refresh() {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    std::vector<DatedScene> scenes;
    for (const auto* scene : byDate(session->project().scenes())) {
        const auto date = text(scene->date);
        const auto name = text(scene->name);
        scenes.push_back(
            {text(scene->id), date.isEmpty() ? name : date, name + QLatin1Char(' ') + text(scene->sensor)});
    }
    const auto current = session->scene() != nullptr ? text(session->scene()->scene().id) : QString();
    if (m_other == current) {
        m_other.clear(); // with itself there is nothing to compare
    }
    m_before.clear();
    m_showsBefore = false;
    if (m_other.isEmpty() && m_loading != nullptr) {
        m_loading->cancel();
        m_loading.reset();
    }
    m_bar->setScenes(scenes, current);
    m_bar->setOther(m_other, m_comparison.mode);
    m_onGround.clear(); // until it lies on the ground that is drawn next
    showComparison();
    place();
}

void DatesController::step(int by) {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr) {
        return;
    }
    const auto scenes = byDate(session->project().scenes());
    const auto now = std::find_if(scenes.begin(), scenes.end(), [&](const auto* scene) {
        return scene->id == session->scene()->scene().id;
    });
    const auto next = (now - scenes.begin()) + by;
    if (next >= 0 && next < static_cast<std::ptrdiff_t>(scenes.size())) {
        m_scene.setScene(scenes[static_cast<std::size_t>(next)]->id);
    }
}

bool DatesController::showBefore() {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr) {
        return false;
    }
    if (m_other.isEmpty()) {
        const auto scenes = byDate(session->project().scenes());
        const auto now = std::find_if(scenes.begin(), scenes.end(), [&](const auto* scene) {
            return scene->id == session->scene()->scene().id;
        });
        if (now == scenes.begin() || now == scenes.end()) {
            return false;
        }
        m_before = text((*std::prev(now))->id);
    }
    m_showsBefore = true;
    m_forget.stop();
    if (!isOtherThere() && m_loading == nullptr) {
        Q_EMIT said(tr("Drawing the date before…"));
        loadOther();
    }
    showComparison();
    return true;
}

void DatesController::endBefore() {
    if (!m_showsBefore) {
        return;
    }
    m_showsBefore = false;
    showComparison();
    place();
    m_forget.start();
}

void DatesController::compareWith(const QString& id) {
    m_other = id;
    m_onGround.clear();
    m_bar->setOther(m_other, m_comparison.mode);
    place();
    if (m_other.isEmpty()) {
        if (m_loading != nullptr) {
            m_loading->cancel();
            m_loading.reset();
        }
        m_viewport.setOther(nullptr);
        showComparison();
        return;
    }
    loadOther();
}

void DatesController::loadOther() {
    const QPointer<Session> session = m_workspace.session();
    m_onGround.clear(); // another terrain lies alone
    if (wanted().isEmpty() || session == nullptr || m_viewport.terrain() == nullptr) {
        return;
    }
    if (m_loading != nullptr) {
        m_loading->cancel();
    }
    m_workspace.attempt(tr("Compare scenes"), [&] {
        using Terrain = std::shared_ptr<const terrain::Terrain>;
        m_loading = m_workspace.jobs().start<Terrain>(
            tr("Draw the other scene"), jobs::Lane::Background,
            [scene = session->pictureReader(wanted().toStdString()), crs = session->crs(),
             drape = m_scene.drape()](const Progress& progress) {
                scene::checkFiles(scene->scene());
                return terrain::buildTerrain(scene, crs, drapeFor(scene->scene(), drape), progress);
            },
            {.succeeded =
                 [this, session, id = wanted()](Terrain& terrain) {
                     m_loading.reset();
                     if (session != nullptr && session == m_workspace.session() && id == wanted()) {
                         m_viewport.setOther(terrain);
                         m_onGround = id;
                         showComparison();
                     }
                 },
             .failed =
                 [this](const QString& sentence) {
                     m_loading.reset();
                     m_before.clear();
                     compareWith({});
                     Q_EMIT m_workspace.problem(tr("Compare scenes"), sentence);
                 },
             .cancelled = {}},
            JobQueue::Shown::InPassing);
    });
}

void DatesController::setMode(SceneComparison::Mode mode) {
    m_comparison.mode = mode;
    m_comparison.showsOther = false;
    m_bar->setOther(m_other, mode);
    showComparison();
}

void DatesController::showComparison() {
    auto shown = m_comparison;
    const bool alone = m_showsBefore && isOtherThere();
    if (alone) {
        shown.mode = SceneComparison::Mode::Flicker;
        shown.showsOther = true;
    } else if (m_other.isEmpty() || !isOtherThere()) {
        shown.mode = SceneComparison::Mode::None;
    }
    m_viewport.setComparison(shown);
    if (auto* session = m_workspace.session(); session != nullptr) {
        session->setOtherDrawn(shown.mode == SceneComparison::Mode::None ? std::string()
                                                                         : wanted().toStdString());
    }
    m_bar->setShown(alone ? wanted() : QString());
    m_line->setVisible(shown.mode == SceneComparison::Mode::Swipe);
    m_bar->raise();
    if (shown.mode == SceneComparison::Mode::Flicker && !alone) {
        m_flicker.start();
    } else {
        m_flicker.stop();
    }
}

void DatesController::place() {
    m_bar->setRoom(m_viewport.width() - 2 * cornerWidth);
    m_bar->move(std::max(margin, (m_viewport.width() - m_bar->width()) / 2), margin);
}

bool DatesController::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) {
        place();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace nunatak::ui::ground
