// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "viewport/tool.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace nunatak::ui {

class Viewport;

/// Where the pointer is and at which scale the view draws: project coordinates, longitude and latitude,
/// elevation.
class PlaceReadout : public QWidget {
    Q_OBJECT

public:
    explicit PlaceReadout(Viewport& viewport, QWidget* parent = nullptr);

    /// The project's system; an empty one shows nothing.
    void setCrs(const geo::Crs& crs);

private:
    void showPlace(const PointerEvent& event);
    void showNothing();
    void showScale();

    Viewport& m_viewport;
    std::optional<geo::CoordinateTransform> m_toDegrees;
    bool m_metric = false;
    QLabel* m_crs = nullptr;
    QLabel* m_map = nullptr;
    QLabel* m_degrees = nullptr;
    QLabel* m_elevation = nullptr;
    QLabel* m_scale = nullptr;
};

} // namespace nunatak::ui
