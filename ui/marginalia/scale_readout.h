// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace nunatak::ui::marginalia {

/// The scale over the view: a bar on a map, and in perspective, where no bar is true everywhere, one that
/// says that it belongs to the middle.
class ScaleReadout : public QWidget {
    Q_OBJECT

public:
    explicit ScaleReadout(QWidget* parent);

    /// Metres a device-independent pixel in the middle of the view; `everywhere`: the view is parallel.
    void setScale(double metresPerPixel, bool everywhere);
    QString text() const { return m_text; }
    double barLength() const { return m_length; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_metresPerPixel = 0;
    double m_length = 0;
    bool m_everywhere = true;
    QString m_text;
};

} // namespace nunatak::ui::marginalia
