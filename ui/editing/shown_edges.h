// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "jobs/job.h"
#include "ui/terrain/drape_style.h"
#include "ui/terrain/terrain.h"
#include "ui/tools/scene.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

/// Edges of the picture that is drawn, and of the newest prediction of it, in the part of it that is in view
/// and at about the view's resolution. Read on a worker when somebody asks, and kept while they fit.
class ShownEdges {
public:
    ShownEdges(session::Workspace& workspace, const viewport::Viewport& view);
    ~ShownEdges();

    tools::SeenEdges around(wire::Along along, const geo::Extent& places, double metresPerPixel);

private:
    /// What a surface is made of.
    struct Source {
        std::shared_ptr<const terrain::Terrain> terrain;
        terrain::DrapeStyle style;         ///< of the picture
        std::filesystem::path probability; ///< else this file
        std::filesystem::file_time_type written{};
        bool operator==(const Source&) const = default;
    };
    struct Kept {
        Source source;
        geo::Grid grid;
        std::shared_ptr<const wire::CostSurface> surface; ///< null: it is being read, or that failed
        QString failure;
        std::shared_ptr<jobs::Job> job;
    };

    /// What there is to follow now; else why there is nothing.
    std::optional<Source> source(wire::Along along, QString& missing);
    /// The newest one of the picture; empty: there is none.
    std::filesystem::path newestProbability();
    bool fits(const Kept& kept, const Source& source, const geo::Extent& places, double metresPerPixel) const;
    /// Of so many pixels a side at most, around the places.
    geo::Grid gridFor(const geo::Grid& base, const geo::Extent& places, double metresPerPixel,
                      double most) const;
    /// Begins to read what is not there.
    void provide(std::shared_ptr<Kept>& kept, wire::Along along, const Source& source, const geo::Grid& grid);
    static void drop(std::shared_ptr<Kept>& kept);
    void read(wire::Along along, std::shared_ptr<Kept> kept);

    session::Workspace& m_workspace;
    const viewport::Viewport& m_view;
    struct Parts {
        std::shared_ptr<Kept> first; ///< what is near, while the whole is not there yet
        std::shared_ptr<Kept> whole;
    };
    std::array<Parts, 2> m_kept; ///< by Along
    std::filesystem::path m_newest;
    std::string m_newestOf; ///< picture
    std::chrono::steady_clock::time_point m_looked{};
};

} // namespace nunatak::ui::editing
