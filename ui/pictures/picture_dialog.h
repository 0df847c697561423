// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figure/figure.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace nunatak::ui::pictures {

/// How a picture of the view is wanted.
struct PictureRequest {
    figure::Format format = figure::Format::Png;
    bool inMillimetres = false; ///< `width` is of the page in mm at 300 dots an inch; else pixels
    double width = 1600;
    figure::Furniture furniture;
};

constexpr double printDotsPerInch = 300;
constexpr int widestPicture = 8192; ///< pixels

/// Asks how a picture of the view shall be: format, size and what stands beside it. A map from straight above
/// can also be PDF or SVG, and have a grid and an inset.
class PictureDialog : public QDialog {
    Q_OBJECT

public:
    /// `view`: size of the view in pixels; `map`: it is seen from straight above.
    PictureDialog(QSize view, bool map, const PictureRequest& last, QWidget* parent = nullptr);

    PictureRequest request() const;

private:
    void chooseUnit(bool millimetres);
    void showSize();

    QSize m_view;
    QComboBox* m_format = nullptr;
    QDoubleSpinBox* m_width = nullptr;
    QComboBox* m_unit = nullptr;
    QLabel* m_size = nullptr;
    QCheckBox* m_scale = nullptr;
    QCheckBox* m_north = nullptr;
    QCheckBox* m_legend = nullptr;
    QCheckBox* m_graticule = nullptr;
    QCheckBox* m_inset = nullptr;
};

} // namespace nunatak::ui::pictures
