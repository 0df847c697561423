// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "ranking/condition_map.h"
#include "terrain/terrain.h"

#include <QObject>

#include <memory>

namespace nunatak::ui {

class Viewport;
class Workspace;

/// Snow, cast shadow and cloud of the scene that is looked at, as colours over its picture.
class ConditionLayers : public QObject {
    Q_OBJECT

public:
    ConditionLayers(Workspace& workspace, Viewport& viewport, QObject* parent);

    void setShown(ranking::Condition condition, bool shown);
    bool isShown(ranking::Condition condition) const { return (m_shown & condition) != 0; }
    /// The view has another picture now.
    void onTerrainShown();

Q_SIGNALS:
    /// It is not shown any more: the scene does not tell it, or the project was closed.
    void hidden(nunatak::ranking::Condition condition);
    /// Why something cannot be shown.
    void unknown(const QString& sentence);

private:
    using Terrain = std::shared_ptr<const terrain::Terrain>;
    using Map = std::shared_ptr<const ranking::ConditionMap>;
    struct Tinted {
        Map map;
        Terrain terrain;
    };

    void refresh();
    void take(const Tinted& tinted);
    void hide(ranking::Condition condition);

    Workspace& m_workspace;
    Viewport& m_viewport;
    std::uint8_t m_shown = 0; ///< Condition as bits
    Terrain m_plain;          ///< what the view showed before it was coloured
    Terrain m_tinted;         ///< what it shows instead
    Map m_map;                ///< of the scene that m_plain shows
    std::shared_ptr<jobs::Job> m_job;
};

} // namespace nunatak::ui
