// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/ranking_controller.h"

#include "base/error.h"
#include "ui/base/format.h"
#include "ui/scenes/scene_panel.h"
#include "ui/session/workspace.h"

#include <QPointer>

namespace nunatak::ui::scenes {

using session::SelectionModel;
using session::Session;
using session::Workspace;

namespace {

using Ranking = std::vector<ranking::RankedScene>;

/// One scene that cannot be read keeps none of the others from being ranked.
ranking::RankedScene unreadable(const scene::Scene& scene, const Error& error) {
    ranking::RankedScene result;
    result.id = scene.id;
    result.name = scene.name;
    result.date = scene.date;
    result.notes = {error.what()};
    return result;
}

Ranking rankAll(const std::vector<scene::Scene>& scenes, const ranking::EarlierOutlines& outlines,
                const Progress& progress) {
    const auto near = ranking::within(outlines, scenes);
    const auto pool = std::make_shared<raster::ReaderPool>();
    Ranking result;
    for (std::size_t i = 0; i < scenes.size(); ++i) {
        const auto part = progress.part(static_cast<double>(i) / static_cast<double>(scenes.size()),
                                        static_cast<double>(i + 1) / static_cast<double>(scenes.size()));
        try {
            const auto map = ranking::conditionMap({scenes[i], pool}, part.part(0, 0.7));
            result.push_back(ranking::rankScene(scenes[i], map, near, part.part(0.7, 1)));
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& error) {
            result.push_back(unreadable(scenes[i], error));
        }
    }
    return result;
}

} // namespace

RankingController::RankingController(Workspace& workspace, ScenePanel& panel, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_panel(panel) {
    connect(&m_panel, &ScenePanel::rankRequested, this, &RankingController::rank);
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        refreshLayers();
        connect(m_workspace.session(), &Session::layersChanged, this, &RankingController::refreshLayers);
        connect(m_workspace.session(), &Session::outlinesChanged, this, [this](const QStringList& layers) {
            if (layers.contains(m_rankedLayer)) {
                m_rankedLayer.clear();
                m_panel.clearRanking(tr("The outlines have changed since; rank the scenes again."));
            }
        });
    });
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &RankingController::showGlacier);
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &RankingController::showGlacier);
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        m_rankedLayer.clear();
        m_panel.setScenes({}, {});
        m_panel.setLayers({});
        m_panel.clearRanking(tr("A click on a row shows its scene."));
    });
}

void RankingController::refreshLayers() {
    if (const auto* session = m_workspace.session(); session != nullptr) {
        using Kind = outlines::LayerKind;
        m_panel.setLayers(session->layersOf({Kind::Expert, Kind::Inventory, Kind::Predicted}));
    }
}

void RankingController::showGlacier() {
    const auto selection = m_workspace.selection().current();
    const auto* session = m_workspace.session();
    const auto outline = selection && session != nullptr ? session->outline(*selection) : nullptr;
    if (outline == nullptr) {
        m_panel.setGlacier({}, {});
        return;
    }
    m_panel.setGlacier(outline->uuid, outline->name.empty() ? tr("this glacier") : text(outline->name));
}

void RankingController::rank() {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || m_running || session->project().scenes().empty()) {
        return;
    }
    const auto layer = m_panel.layer();
    ranking::EarlierOutlines outlines{session->crs(), {}};
    if (!layer.isEmpty() &&
        !m_workspace.attempt(tr("Rank the scenes"), [&] { outlines.glaciers = session->outlines(layer); })) {
        return;
    }
    setRunning(true);
    m_workspace.jobs().start<Ranking>(
        tr("Rank the scenes"), jobs::Lane::Background,
        [scenes = session->project().scenes(), outlines](const Progress& progress) {
            return rankAll(scenes, outlines, progress);
        },
        {.succeeded =
             [this, session, layer](Ranking& ranking) {
                 setRunning(false);
                 if (session != nullptr && session == m_workspace.session()) {
                     m_rankedLayer = layer;
                     m_panel.setRanking(ranking);
                 }
             },
         .failed =
             [this](const QString& sentence) {
                 setRunning(false);
                 Q_EMIT m_workspace.problem(tr("Rank the scenes"), sentence);
             },
         .cancelled = [this] { setRunning(false); }});
}

void RankingController::setRunning(bool running) {
    m_running = running;
    m_panel.setBusy(running);
}

} // namespace nunatak::ui::scenes
