// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/pointer_controller.h"

#include "base/error.h"
#include "outlines/listed_name.h"
#include "ui/base/format.h"
#include "ui/ground/overlay_names.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QLocale>
#include <QPointer>

#include <chrono>
#include <cmath>

namespace nunatak::ui::ground {

using session::JobQueue;
using session::Session;
using session::Workspace;
using viewport::PointerEvent;
using viewport::Viewport;

namespace {

// Every change of a widget draws the whole window anew: a few times a second is what can be read.
constexpr std::chrono::milliseconds pointerPace(100);

struct BandValue {
    std::string feature;
    std::string band;
    double value = 0;
};
using BandValues = std::vector<BandValue>;

/// What lies over the picture, at a point of the project: its first value.
std::optional<float> overlayAt(const overlays::Overlay& overlay, const geo::Crs& crs, geo::Point point,
                               double pixel, const Progress& progress) {
    const geo::Grid grid{crs, point.x - pixel / 2, point.y + pixel / 2, pixel, 1, 1};
    const float value = overlay.read(grid, progress).at(0, 0, 0);
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// The pixel of the scene's own grid that a point of the project lies in; no bands beside the scene.
BandValues bandsAt(const scene::SceneReader& reader, const geo::Crs& crs, geo::Point point) {
    const auto& scene = reader.scene();
    const auto pixel = scene.grid.toPixel(geo::CoordinateTransform(crs, scene.grid.crs)(point));
    const int column = static_cast<int>(std::floor(pixel.x));
    const int row = static_cast<int>(std::floor(pixel.y));
    BandValues values;
    if (column < 0 || row < 0 || column >= scene.grid.columns || row >= scene.grid.rows) {
        return values;
    }
    const auto grid = scene.grid.window(column, row, 1, 1);
    for (const auto& raster : scene.rasters) {
        const auto read = reader.read(raster.feature, raster.bandNames, grid);
        for (std::size_t i = 0; i < raster.bandNames.size(); ++i) {
            values.push_back({raster.feature, raster.bandNames[i], read.at(static_cast<int>(i), 0, 0)});
        }
    }
    return values;
}

QString valueText(const BandValue& value) {
    if (!std::isfinite(value.value)) {
        return PointerController::tr("no data");
    }
    const QLocale locale;
    if (value.band == "elevation") {
        return PointerController::tr("%1 m").arg(locale.toString(value.value, 'f', 0));
    }
    const double size = std::abs(value.value);
    const int decimals = size < 10 ? 3 : size < 100 ? 1 : 0;
    return locale.toString(value.value, 'f', value.value == std::floor(value.value) ? 0 : decimals);
}

QString overlayValueText(const overlays::Overlay& overlay, std::optional<float> value) {
    if (overlay.quantity == overlays::Quantity::Flag) {
        return value ? PointerController::tr("yes") : PointerController::tr("no");
    }
    if (!value) {
        return PointerController::tr("no data");
    }
    const QString number = valueText({{}, {}, static_cast<double>(*value)});
    return overlay.unit.empty() ? number : number + QLatin1Char(' ') + text(overlay.unit);
}

} // namespace

PointerController::PointerController(Workspace& workspace, Viewport& viewport, PointerPanel& panel,
                                     QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport), m_panel(panel) {
    m_pace.setSingleShot(true);
    m_pace.setInterval(pointerPace);
    connect(&m_pace, &QTimer::timeout, this, &PointerController::showPlace);
    connect(&m_workspace, &Workspace::sessionStarted, this, &PointerController::begin);
    connect(&m_workspace, &Workspace::sessionEnded, this, &PointerController::end);
    connect(&m_viewport, &Viewport::pointerMoved, this, [this](const PointerEvent& event) {
        m_pointer = event;
        m_moved = true;
        if (m_panel.isVisible() && !m_pace.isActive()) {
            m_pace.start();
        }
    });
    connect(&m_viewport, &Viewport::pointerLeft, this, &PointerController::leave);
}

void PointerController::begin() {
    m_toDegrees.reset();
    try {
        m_toDegrees.emplace(m_workspace.session()->crs(), geo::Crs::fromUserInput("EPSG:4326"));
    } catch (const Error&) {
        // A system of no place on Earth has no degrees.
    }
}

void PointerController::end() {
    leave();
    m_toDegrees.reset();
}

void PointerController::leave() {
    m_pointer.reset();
    m_pace.stop();
    m_panel.clear();
}

void PointerController::showPlace() {
    if (!m_pointer || m_workspace.session() == nullptr) {
        return;
    }
    m_panel.setPlace(place());
    m_panel.setLayers(layers());
    readBands();
}

std::vector<NamedValue> PointerController::place() const {
    const QLocale locale;
    const auto metres = [&locale](double value) {
        return tr("%1 m").arg(locale.toString(std::llround(value)));
    };
    std::vector<NamedValue> rows{{tr("East"), metres(m_pointer->map.x)},
                                 {tr("North"), metres(m_pointer->map.y)}};
    if (m_toDegrees) {
        try {
            const auto degrees = (*m_toDegrees)(m_pointer->map);
            rows.push_back({tr("Latitude"), latitudeText(degrees.y)});
            rows.push_back({tr("Longitude"), longitudeText(degrees.x)});
        } catch (const Error&) {
            // Beyond what the projection can express.
        }
    }
    rows.push_back({tr("Elevation"), metres(m_pointer->elevation)});
    return rows;
}

std::vector<NamedValue> PointerController::layers() const {
    const auto& project = m_workspace.session()->project();
    std::vector<NamedValue> rows;
    for (const auto& layer : project.layers()) {
        if (const auto hit = project.outlines(layer.name).at(m_pointer->map); hit != nullptr) {
            rows.push_back({text(outlines::titleOf(layer)), text(outlines::listedName(*hit))});
        }
    }
    return rows;
}

void PointerController::readBands() {
    const auto scene = m_workspace.session()->scene();
    if (scene == nullptr || !m_moved || (m_reading != nullptr && !m_reading->finished())) {
        return;
    }
    m_moved = false;
    const QPointer<Session> session = m_workspace.session();
    const auto overlay = m_overlay ? m_overlay() : std::nullopt;
    const double pixel = m_viewport.terrain() != nullptr ? m_viewport.terrain()->drapeGrid.pixelSize : 1;
    struct Found {
        BandValues bands;
        std::optional<float> over;
    };
    m_reading = m_workspace.jobs().start<Found>(
        tr("Read the bands under the pointer"), jobs::Lane::Background,
        [scene, crs = session->crs(), point = m_pointer->map, overlay, pixel](const Progress& progress) {
            Found found{bandsAt(*scene, crs, point), {}};
            if (overlay) {
                found.over = overlayAt(*overlay, crs, point, pixel, progress);
            }
            return found;
        },
        {.succeeded =
             [this, session, overlay](Found& found) {
                 if (!m_pointer || session == nullptr || session != m_workspace.session()) {
                     return;
                 }
                 std::vector<NamedValue> rows;
                 if (overlay) {
                     rows.push_back({overlayText(*overlay), overlayValueText(*overlay, found.over)});
                 }
                 for (const auto& value : found.bands) {
                     rows.push_back({text(value.band), valueText(value)});
                 }
                 m_panel.setBands(rows);
                 if (m_moved && !m_pace.isActive()) {
                     m_pace.start();
                 }
             },
         // A scene whose files are gone is told when it is drawn; here the rows just stay away.
         .failed = [this](const QString&) { m_panel.setBands({}); },
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::ground
