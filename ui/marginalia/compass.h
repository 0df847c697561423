// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace nunatak::ui::marginalia {

/// The arrow to true north over the view; pressing it turns the view so that north is up.
class Compass : public QAbstractButton {
    Q_OBJECT

public:
    explicit Compass(QWidget* parent);

    /// Degrees clockwise from the view's up, and from straight down.
    void setDirection(double north, double tilt);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_north = 0;
    double m_tilt = 0;
};

} // namespace nunatak::ui::marginalia
