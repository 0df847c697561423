// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/shown_features.h"

#include "base/error.h"
#include "models/module_loader.h"
#include "outlines/strokes.h"
#include "prediction/predict_scene.h"
#include "project/side_outline.h"
#include "scribble/view_features.h"
#include "ui/base/format.h"
#include "ui/editing/scribble_work.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui::editing {

using geo::PixelWindow;
using scribble::mostPixels;
using session::JobQueue;
using session::Workspace;
using Corrections = std::shared_ptr<const tools::Correction>;

namespace {

bool covers(const PixelWindow& window, const PixelWindow& places) {
    return places.column >= window.column && places.row >= window.row &&
           places.column + places.columns <= window.column + window.columns &&
           places.row + places.rows <= window.row + window.rows;
}

QString asReason(const QString& sentence) {
    return sentence.endsWith(QLatin1Char('.')) ? sentence.chopped(1) : sentence;
}

/// Where a stretch of `length` pixels lies so that [first, end) is in its middle, as far as the grid goes.
int placed(int first, int end, int length, int gridLength) {
    return std::clamp((first + end - length) / 2, 0, std::max(0, gridLength - length));
}

} // namespace

ShownFeatures::ShownFeatures(Workspace& workspace, const viewport::Viewport& view)
    : m_workspace(workspace), m_view(view) {
    constexpr int second = 1000;
    m_ticking.setInterval(second);
    connect(&m_ticking, &QTimer::timeout, this, &ShownFeatures::changed);
    connect(&workspace, &Workspace::sessionEnding, this, [this] {
        drop();
        m_source.reset();
    });
}

ShownFeatures::~ShownFeatures() {
    drop();
}

void ShownFeatures::drop() {
    if (m_kept != nullptr && m_kept->job != nullptr) {
        m_kept->job->cancel();
    }
    m_kept.reset();
    m_ticking.stop();
}

const ShownFeatures::Source& ShownFeatures::source() {
    const auto* session = m_workspace.session();
    const auto model = m_workspace.currentModel();
    const std::string picture = session != nullptr ? session->pictureDrawn() : std::string();
    const bool isSame = m_source && m_source->picture == picture &&
                        m_source->model.folder == (model ? model->folder : std::filesystem::path()) &&
                        m_source->model.manifest.fingerprint == (model ? model->manifest.fingerprint : "");
    if (isSame) {
        return *m_source;
    }
    drop();
    m_source.emplace();
    m_source->picture = picture;
    if (model) {
        m_source->model = *model;
    }
    if (picture.empty()) {
        m_source->missing = tr("No picture is shown");
    } else if (!model) {
        m_source->missing = tr("There is no model to look at it");
    } else {
        try {
            m_source->scene = session->reader(picture);
            m_source->grid = prediction::predictionGrid(m_source->scene->scene(), model->manifest);
            m_source->missing = asReason(text(scribble::whyNoFeatures(*m_source->scene, model->manifest)));
        } catch (const Error& error) {
            m_source->missing = asReason(text(error.what()));
        }
    }
    return *m_source;
}

PixelWindow ShownFeatures::pixelsOf(const geo::Extent& places) const {
    const geo::Grid& grid = m_source->grid;
    const geo::CoordinateTransform toGrid(m_workspace.session()->crs(), grid.crs);
    const geo::Extent there = toGrid(places);
    const geo::Point upper = grid.toPixel({there.xmin, there.ymax});
    const geo::Point lower = grid.toPixel({there.xmax, there.ymin});
    static constexpr double far = 1e8; // of what lies beyond the world
    const auto whole = [](double value) {
        return static_cast<int>(std::clamp(std::floor(value), -far, far));
    };
    return {whole(upper.x), whole(upper.y), whole(lower.x) - whole(upper.x) + 1,
            whole(lower.y) - whole(upper.y) + 1};
}

PixelWindow ShownFeatures::windowAround(const PixelWindow& places) const {
    geo::Extent seen;
    for (const auto& corner : m_view.footprint()) {
        seen.include(corner);
    }
    const geo::Grid& grid = m_source->grid;
    const PixelWindow view = seen.empty() ? places : pixelsOf(seen);
    const int first = std::max(0, std::min(places.column, view.column));
    const int end =
        std::min(grid.columns, std::max(places.column + places.columns, view.column + view.columns));
    const int top = std::max(0, std::min(places.row, view.row));
    const int bottom = std::min(grid.rows, std::max(places.row + places.rows, view.row + view.rows));
    PixelWindow window{first, top, end - first, bottom - top};
    if (window.columns > mostPixels) {
        window.columns = mostPixels;
        window.column = placed(places.column, places.column + places.columns, mostPixels, grid.columns);
    }
    if (window.rows > mostPixels) {
        window.rows = mostPixels;
        window.row = placed(places.row, places.row + places.rows, mostPixels, grid.rows);
    }
    return window;
}

tools::SeenFeatures ShownFeatures::around(const geo::Extent& places) {
    tools::SeenFeatures seen;
    seen.missing = source().missing;
    if (!seen.missing.isEmpty()) {
        return seen;
    }
    geo::Extent wanted = places;
    if (wanted.empty()) {
        const auto middle = m_view.pick(QPointF(m_view.rect().center()));
        if (!middle) {
            seen.missing = tr("The ground is not in view");
            return seen;
        }
        wanted.include(middle->map);
    }
    const PixelWindow pixels = pixelsOf(wanted);
    const geo::Grid& grid = m_source->grid;
    if (!covers({0, 0, grid.columns, grid.rows}, pixels)) {
        seen.missing = tr("The picture ends there");
    } else if (pixels.columns > mostPixels || pixels.rows > mostPixels) {
        seen.missing = tr("Too far from the other strokes: accept these first, or drop them");
    }
    if (!seen.missing.isEmpty()) {
        return seen;
    }
    if (m_kept == nullptr || !covers(m_kept->window, pixels)) {
        drop();
        compute(windowAround(pixels));
    }
    seen.correction = m_kept->correction;
    seen.missing = m_kept->failure;
    if (m_kept->job != nullptr) {
        const auto remaining = m_kept->job->status().remaining;
        seen.coming = remaining ? remainingText(*remaining) : tr("a moment");
    }
    return seen;
}

void ShownFeatures::compute(const PixelWindow& window) {
    m_kept = std::make_shared<Kept>(Kept{window, nullptr, {}, nullptr});
    const auto ended = [this](const std::weak_ptr<Kept>& known, auto&& tell) {
        if (const auto wanted = known.lock()) {
            tell(*wanted);
            wanted->job.reset();
            m_ticking.stop();
            Q_EMIT changed();
        }
    };
    const std::weak_ptr<Kept> known = m_kept;
    m_ticking.start();
    const auto& project = m_workspace.session()->project();
    const auto layerOf = [&project](std::string_view term) {
        return project::sideLayerOf(project, *outlines::sideKindOf(term)).name;
    };
    m_kept->job = m_workspace.jobs().start<Corrections>(
        tr("What the model sees here"), jobs::Lane::Background,
        [scene = m_source->scene, model = m_source->model, window, file = m_workspace.paths().modelsModule,
         crs = m_workspace.session()->crs(),
         layers = scribble::StrokeLayers{layerOf(outlines::iceStroke), layerOf(outlines::noIceStroke)}](
            const Progress& progress) {
            auto network =
                models::loadModule(file).open(model.manifest.network, models::loadWeights(model), {});
            auto view = std::make_shared<const scribble::ViewFeatures>(
                scribble::readViewFeatures(*scene, model, *network, window, progress));
            return std::make_shared<const tools::Correction>(correctionBy(std::move(view), crs, layers));
        },
        {.succeeded =
             [ended, known](Corrections& correction) {
                 ended(known, [&](Kept& kept) { kept.correction = std::move(correction); });
             },
         .failed =
             [ended, known](const QString& why) {
                 ended(known, [&](Kept& kept) { kept.failure = asReason(why); });
             },
         .cancelled =
             [ended, known] {
                 ended(known, [](Kept& kept) { kept.failure = tr("The model was stopped here"); });
             }},
        JobQueue::Shown::InPassing);
}

} // namespace nunatak::ui::editing
