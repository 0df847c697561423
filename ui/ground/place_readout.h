// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "ui/viewport/left_button.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::ground {

/// Where the pointer is and at which scale the view draws: project coordinates, longitude and latitude,
/// elevation.
class PlaceReadout : public QWidget {
    Q_OBJECT

public:
    explicit PlaceReadout(viewport::Viewport& viewport, QWidget* parent = nullptr);

    /// The project's system; an empty one shows nothing.
    void setCrs(const geo::Crs& crs);

    /// With everything; where there is less room, what can be read elsewhere is left out.
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    int widthOf(const QLabel& label) const;
    void showPlace(const viewport::PointerEvent& event);
    void showNothing();
    void showScale();

    viewport::Viewport& m_viewport;
    std::optional<geo::CoordinateTransform> m_toDegrees;
    bool m_metric = false;
    QLabel* m_crs = nullptr;
    QLabel* m_map = nullptr;
    QLabel* m_degrees = nullptr;
    QLabel* m_elevation = nullptr;
    QLabel* m_scale = nullptr;
};

} // namespace nunatak::ui::ground
