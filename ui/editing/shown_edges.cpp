// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/shown_edges.h"

#include "overlays/prediction_overlays.h"
#include "ui/session/workspace.h"
#include "ui/terrain/drape_baker.h"
#include "ui/viewport/viewport.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::editing {

using session::JobQueue;
using terrain::Terrain;
using wire::Along;
using wire::CostSurface;
using Surface = std::shared_ptr<const CostSurface>;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr double mostPixels = 4096; // along a side
// Along a side, of what is worked out before the rest: a view of 4,000 pixels takes half a second.
constexpr double firstPixels = 1024;
constexpr int stripRows = 512; // read at once, so that values of a large view are never all in memory

geo::Extent common(const geo::Extent& a, const geo::Extent& b) {
    return {std::max(a.xmin, b.xmin), std::max(a.ymin, b.ymin), std::min(a.xmax, b.xmax),
            std::min(a.ymax, b.ymax)};
}

geo::Grid stripOf(const geo::Grid& grid, int row) {
    return grid.window(0, row, grid.columns, std::min(stripRows, grid.rows - row));
}

/// The style without what lies over the bands.
terrain::DrapeStyle bandsAlone(terrain::DrapeStyle style) {
    style.shading = 0;
    style.contourInterval = 0;
    style.overlay = {};
    return style;
}

Surface ofPicture(const scene::SceneReader& reader, const Terrain& terrain, const terrain::DrapeStyle& style,
                  const geo::Grid& grid, const Progress& progress) {
    std::vector<terrain::BandSummary> bands;
    std::vector<std::string> names;
    const auto& shown = style.composite.bands;
    for (const auto& band : terrain.tiles->bands()) {
        if (std::find(shown.begin(), shown.end(), band.name) != shown.end()) {
            bands.push_back(band);
            names.push_back(band.name);
        }
    }
    const terrain::DrapeBaker baker(bands, style, {});
    std::vector<std::uint8_t> picture;
    picture.reserve(4 * static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows));
    for (int row = 0; row < grid.rows; row += stripRows) {
        const auto values = reader.read(style.composite.feature, names, stripOf(grid, row), progress);
        const auto strip = baker.paintOther({}, terrain::storedBands(values, bands));
        picture.insert(picture.end(), strip.begin(), strip.end());
    }
    return std::make_shared<const CostSurface>(wire::costOfPicture(grid, picture, progress));
}

Surface ofProbability(raster::ReaderPool& readers, const std::filesystem::path& file, const geo::Grid& grid,
                      const Progress& progress) {
    Image<float> probability(1, grid.rows, grid.columns);
    for (int row = 0; row < grid.rows; row += stripRows) {
        progress.throwIfStopped();
        const auto strip = readers.with<Image<float>>(file.string(), [&](const raster::RasterReader& reader) {
            return reader.readOnGrid(std::array{1}, stripOf(grid, row), raster::Resampling::Bilinear,
                                     progress.stopToken());
        });
        std::copy(strip.values().begin(), strip.values().end(), probability.row(0, row));
    }
    return std::make_shared<const CostSurface>(wire::costOfProbability(grid, probability, progress));
}

} // namespace

ShownEdges::ShownEdges(session::Workspace& workspace, const viewport::Viewport& view)
    : m_workspace(workspace), m_view(view) {}

ShownEdges::~ShownEdges() {
    for (auto& kept : m_kept) {
        drop(kept.first);
        drop(kept.whole);
    }
}

void ShownEdges::drop(std::shared_ptr<Kept>& kept) {
    if (kept != nullptr && kept->job != nullptr) {
        kept->job->cancel();
    }
    kept.reset();
}

void ShownEdges::provide(std::shared_ptr<Kept>& kept, Along along, const Source& source,
                         const geo::Grid& grid) {
    drop(kept);
    kept = std::make_shared<Kept>(Kept{source, grid, nullptr, {}, nullptr});
    read(along, kept);
}

std::filesystem::path ShownEdges::newestProbability() {
    const auto* session = m_workspace.session();
    const auto now = std::chrono::steady_clock::now();
    // A hand that moves asks all the time, and the folder may be far away.
    if (m_newestOf == session->pictureDrawn() && now - m_looked < std::chrono::seconds(2)) {
        return m_newest;
    }
    m_newestOf = session->pictureDrawn();
    m_looked = now;
    m_newest.clear();
    std::filesystem::file_time_type newest{};
    for (const auto& file : overlays::probabilitiesOf(session->project().filesPlace(), m_newestOf)) {
        std::error_code ignored;
        const auto written = std::filesystem::last_write_time(file, ignored);
        if (m_newest.empty() || written > newest) {
            m_newest = file;
            newest = written;
        }
    }
    return m_newest;
}

std::optional<ShownEdges::Source> ShownEdges::source(Along along, QString& missing) {
    const auto* session = m_workspace.session();
    const auto terrain = m_view.terrain();
    if (session == nullptr || terrain == nullptr || terrain->tiles == nullptr ||
        session->pictureDrawn().empty()) {
        missing = Words::tr("No picture is shown");
        return std::nullopt;
    }
    if (along == Along::Picture) {
        if (!m_view.drapeStyle().showsBands() || terrain->tiles->bands().empty()) {
            missing = Words::tr("What is shown is no picture of a satellite");
            return std::nullopt;
        }
        return Source{terrain, bandsAlone(m_view.drapeStyle()), {}, {}};
    }
    Source source{terrain, {}, newestProbability(), {}};
    if (source.probability.empty()) {
        missing = Words::tr("This picture has no prediction");
        return std::nullopt;
    }
    std::error_code ignored;
    source.written = std::filesystem::last_write_time(source.probability, ignored);
    return source;
}

bool ShownEdges::fits(const Kept& kept, const Source& source, const geo::Extent& places,
                      double metresPerPixel) const {
    const auto reachable = common(places, source.terrain->drapeGrid.extent());
    const double base = source.terrain->drapeGrid.pixelSize;
    const double wanted = std::max(base, metresPerPixel);
    return kept.source == source && kept.grid.pixelSize <= 2 * wanted && kept.grid.pixelSize * 4 >= wanted &&
           (reachable.empty() || (kept.grid.extent().contains({reachable.xmin, reachable.ymin}) &&
                                  kept.grid.extent().contains({reachable.xmax, reachable.ymax})));
}

geo::Grid ShownEdges::gridFor(const geo::Grid& base, const geo::Extent& places, double metresPerPixel,
                              double most) const {
    // A level of the picture's pyramid: its pixels, or two, four, … of them, none larger than one of the
    // view.
    const double level = std::max(0.0, std::floor(std::log2(metresPerPixel / base.pixelSize) + 0.1));
    geo::Grid grid = base;
    grid.pixelSize = base.pixelSize * std::exp2(level);
    geo::Extent wanted = places;
    for (const auto& corner : m_view.footprint()) {
        wanted.include(corner);
    }
    const double half = most / 2 * grid.pixelSize;
    const double x = (places.xmin + places.xmax) / 2;
    const double y = (places.ymin + places.ymax) / 2;
    wanted = common(common(wanted, {x - half, y - half, x + half, y + half}), base.extent());
    grid.columns = grid.rows = 0;
    if (wanted.empty()) {
        return grid;
    }
    const double left = std::floor((wanted.xmin - base.left) / grid.pixelSize);
    const double top = std::floor((base.top - wanted.ymax) / grid.pixelSize);
    grid.columns = static_cast<int>(std::ceil((wanted.xmax - base.left) / grid.pixelSize) - left);
    grid.rows = static_cast<int>(std::ceil((base.top - wanted.ymin) / grid.pixelSize) - top);
    grid.left = base.left + left * grid.pixelSize;
    grid.top = base.top - top * grid.pixelSize;
    return grid;
}

tools::SeenEdges ShownEdges::around(Along along, const geo::Extent& places, double metresPerPixel) {
    tools::SeenEdges seen;
    auto& [first, whole] = m_kept.at(static_cast<std::size_t>(along));
    const auto now = source(along, seen.missing);
    if (!now) {
        return seen;
    }
    const auto isThere = [&](const std::shared_ptr<Kept>& kept) {
        return kept != nullptr && fits(*kept, *now, places, metresPerPixel);
    };
    const auto gridOf = [&](double most) {
        return gridFor(now->terrain->drapeGrid, places, metresPerPixel, most);
    };
    const bool isWhole = isThere(whole);
    if (isWhole && (whole->surface != nullptr || !whole->failure.isEmpty())) {
        drop(first);
    } else {
        const auto grid = isWhole ? whole->grid : gridOf(mostPixels);
        if (grid.columns < 1 || grid.rows < 1) {
            return seen;
        }
        const double apart = std::max(places.xmax - places.xmin, places.ymax - places.ymin) / grid.pixelSize;
        const bool hasFirst = std::max(grid.columns, grid.rows) > firstPixels && apart < 0.75 * firstPixels;
        if (!hasFirst) {
            drop(first);
        } else if (!isThere(first)) {
            provide(first, along, *now, gridOf(firstPixels));
        }
        if (!isWhole) {
            provide(whole, along, *now, grid);
        }
    }
    const Kept& best =
        whole->surface == nullptr && first != nullptr && first->surface != nullptr ? *first : *whole;
    seen.surface = best.surface;
    seen.missing = best.failure;
    seen.isComing = best.surface == nullptr && best.failure.isEmpty();
    return seen;
}

void ShownEdges::read(Along along, std::shared_ptr<Kept> kept) {
    const auto* session = m_workspace.session();
    const auto reader = along == Along::Picture ? session->pictureReader(session->pictureDrawn()) : nullptr;
    const std::weak_ptr<Kept> known = kept;
    kept->job = m_workspace.jobs().start<Surface>(
        Words::tr("Look for edges"), jobs::Lane::Background,
        [source = kept->source, grid = kept->grid, reader,
         readers = session->readers()](const Progress& progress) {
            return reader != nullptr ? ofPicture(*reader, *source.terrain, source.style, grid, progress)
                                     : ofProbability(*readers, source.probability, grid, progress);
        },
        {.succeeded =
             [known](Surface& surface) {
                 if (const auto wanted = known.lock()) {
                     wanted->surface = std::move(surface);
                     wanted->job.reset();
                 }
             },
         .failed =
             [known](const QString& why) {
                 if (const auto wanted = known.lock()) {
                     wanted->failure = why.endsWith(QLatin1Char('.')) ? why.chopped(1) : why;
                     wanted->job.reset();
                 }
             },
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::editing
