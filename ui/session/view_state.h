// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "ui/session/line_look.h"
#include "ui/terrain/drape_style.h"

#include <QColor>
#include <QString>
#include <QStringList>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::ui::session {

/// How a project was looked at when it was closed: kept in the project, so that reopening finds it so.
struct ViewState {
    struct Layer {
        QString name;
        LineLook look;
        bool visible = true;
    };
    QString camera; ///< as Viewport::cameraState; empty: never looked at
    double exaggeration = 1;
    bool flatMap = false;                  ///< kept straight above
    bool hiddenOutlines = false;           ///< those behind mountains are shown too
    terrain::DrapeStyle drape;             ///< a composite without a name: the scene's first
    std::array<std::string, 3> ownBands{}; ///< the user's choice for a composite; empty: none yet
    QString overlay;                       ///< id of the raster over the picture; empty: none
    QStringList overlayFiles{};            ///< rasters and map services that the user added
    QString scene;                         ///< id; empty: the newest
    QString selectedLayer;
    QString selectedUuid;
    std::vector<Layer> layers; ///< topmost first
};

/// What is missing or damaged in the project is as in a new one.
ViewState readViewState(const project::Project& project);
/// Only what changed is written. Throws Error.
void writeViewState(const ViewState& state, project::Project& project);

/// The stored layers that still exist, in their order, with new ones where people look for them: what is
/// edited on top, what is only a reference below all that, thin.
std::vector<ViewState::Layer> orderedLayers(const std::vector<ViewState::Layer>& stored,
                                            const std::vector<outlines::LayerInfo>& existing);

/// A layer's colour when the user has chosen none: kinds apart for colour-blind eyes, on snow and on rock.
QColor defaultColor(outlines::LayerKind kind, int index);

} // namespace nunatak::ui::session
