// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/condition_layers.h"

#include "panels/format.h"
#include "viewport/viewport.h"
#include "window/condition_tint.h"
#include "window/workspace.h"

#include <QPointer>

namespace nunatak::ui {

namespace {

const std::string& reasonOf(const ranking::ConditionMap& map, ranking::Condition condition) {
    return condition == ranking::Snow     ? map.snowUnknown
           : condition == ranking::Shadow ? map.shadowUnknown
                                          : map.cloudUnknown;
}

} // namespace

ConditionLayers::ConditionLayers(Workspace& workspace, Viewport& viewport, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport) {
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        if (m_job != nullptr) {
            m_job->cancel();
        }
        m_plain.reset();
        m_tinted.reset();
        m_map.reset();
        for (const auto condition : {ranking::Snow, ranking::Shadow, ranking::Cloud}) {
            hide(condition);
        }
    });
}

void ConditionLayers::setShown(ranking::Condition condition, bool shown) {
    if (shown != isShown(condition)) {
        m_shown = static_cast<std::uint8_t>(m_shown ^ condition);
        refresh();
    }
}

void ConditionLayers::hide(ranking::Condition condition) {
    if (isShown(condition)) {
        m_shown = static_cast<std::uint8_t>(m_shown & ~condition);
        Q_EMIT hidden(condition);
    }
}

void ConditionLayers::onTerrainShown() {
    const auto before = m_plain;
    m_plain = m_viewport.terrain();
    m_tinted.reset();
    if (before != nullptr && m_plain != nullptr && before->sceneId != m_plain->sceneId) {
        m_map.reset();
    }
    refresh();
}

void ConditionLayers::refresh() {
    if (m_job != nullptr) {
        m_job->cancel();
        m_job.reset();
    }
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr || m_plain == nullptr) {
        return;
    }
    if (m_shown == 0) {
        if (m_tinted != nullptr && m_viewport.terrain() == m_tinted) {
            m_viewport.setTerrain(m_plain);
        }
        m_tinted.reset();
        return;
    }
    m_job = m_workspace.jobs().start<Tinted>(
        tr("Look for snow, shadow and cloud"), jobs::Lane::Background,
        [scene = session->scene(), plain = m_plain, known = m_map,
         shown = m_shown](const Progress& progress) {
            Map map = known;
            if (map == nullptr) {
                map = std::make_shared<ranking::ConditionMap>(
                    ranking::conditionMap(*scene, progress.part(0, 0.8)));
            }
            auto tinted = std::make_shared<terrain::Terrain>(*plain);
            tintConditions(tinted->drape, ranking::onGrid(*map, plain->drapeGrid, progress.part(0.8, 1)),
                           shown);
            return Tinted{map, tinted};
        },
        {.succeeded =
             [this, session, plain = m_plain](Tinted& tinted) {
                 if (session != nullptr && session == m_workspace.session() && plain == m_plain) {
                     take(tinted);
                 }
             },
         .failed =
             [this](const QString& sentence) {
                 for (const auto condition : {ranking::Snow, ranking::Shadow, ranking::Cloud}) {
                     hide(condition);
                 }
                 Q_EMIT m_workspace.problem(tr("Snow, shadow and cloud"), sentence);
             },
         .cancelled = {}});
}

void ConditionLayers::take(const Tinted& tinted) {
    m_map = tinted.map;
    m_tinted = tinted.terrain;
    m_viewport.setTerrain(m_tinted);
    for (const auto condition : {ranking::Snow, ranking::Shadow, ranking::Cloud}) {
        if (isShown(condition) && !m_map->knows(condition)) {
            Q_EMIT unknown(text(reasonOf(*m_map, condition)));
            hide(condition);
        }
    }
}

} // namespace nunatak::ui
