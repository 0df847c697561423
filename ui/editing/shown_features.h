// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "jobs/job.h"
#include "models/registry.h"
#include "scene/scene_reader.h"
#include "ui/tools/seen_features.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <string>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

/// What the project's model sees of the picture that is drawn, around where somebody asks: computed on a
/// worker, and kept while what is asked for lies within. One view at a time (scribble::mostPixels).
class ShownFeatures : public QObject {
    Q_OBJECT

public:
    ShownFeatures(session::Workspace& workspace, const viewport::Viewport& view);
    ~ShownFeatures() override;

    /// Of these places (project CRS); empty: of the middle of the view.
    tools::SeenFeatures around(const geo::Extent& places);

Q_SIGNALS:
    /// What around() says may be another thing now.
    void changed();

private:
    /// What features are made of.
    struct Source {
        std::shared_ptr<const scene::SceneReader> scene;
        models::StoredModel model;
        geo::Grid grid;      ///< on which the model predicts all of it
        std::string picture; ///< id of the scene
        QString missing;     ///< why there are none
    };
    struct Kept {
        geo::PixelWindow window;
        std::shared_ptr<const tools::Correction> correction; ///< null: not yet, or that failed
        QString failure;
        std::shared_ptr<jobs::Job> job;
    };

    void drop();
    /// The scene and the model of now; its `missing` says why there is nothing to look at.
    const Source& source();
    /// In pixels of the source's grid; not clipped.
    geo::PixelWindow pixelsOf(const geo::Extent& places) const;
    geo::PixelWindow windowAround(const geo::PixelWindow& places) const;
    void compute(const geo::PixelWindow& window);

    session::Workspace& m_workspace;
    const viewport::Viewport& m_view;
    std::optional<Source> m_source;
    std::shared_ptr<Kept> m_kept;
    QTimer m_ticking; ///< while it is computed, how long that takes changes
};

} // namespace nunatak::ui::editing
