// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/crs.h"
#include "outlines/outline_set.h"
#include "ui/figure/color_scale.h"
#include "ui/figure/map_frame.h"
#include "ui/figure/outline_line.h"

#include <QColor>
#include <QImage>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace nunatak::ui::figure {

/// Device-independent pixels, of which an inch has 96, are a page's units.
constexpr double unitsPerInch = 96;
constexpr double unitsPerMillimetre = unitsPerInch / 25.4;

/// What is drawn beside the picture itself.
struct Furniture {
    bool scale = true;
    bool north = true;
    bool legend = true;
    bool graticule = true; ///< a map's only
    bool inset = true;     ///< a map's only
};

/// A layer as the legend names it and, on a map, as it is drawn.
struct FigureLayer {
    QString name;
    QColor color; ///< its alpha is the layer's opacity
    double width = 2;
    std::vector<outlines::OutlineSet::Handle> outlines; ///< a map's only
    bool isReference = false;
};

/// Where a figure is in the whole scene.
struct Inset {
    QImage picture;     ///< of the scene from above, north up
    geo::Extent extent; ///< of the picture
};

/// Everything a figure is made of, as plain values: painting it needs no window.
struct Figure {
    QSizeF page;                 ///< units
    QImage picture;              ///< fills the frame; of a map the ground alone
    QRectF frame;                ///< on the page
    std::optional<MapFrame> map; ///< none: perspective, with the outlines in the picture
    double metresPerUnit = 1;    ///< on the ground, in the middle of the frame
    double north = 0;            ///< degrees clockwise from the page's up to true north in the middle
    geo::Crs crs;
    std::vector<FigureLayer> layers; ///< topmost first
    std::vector<LineSample> reviews; ///< what tells reviews from each other, for the legend; empty: no need
    std::vector<ColorScale> scales;  ///< what the picture's colours mean
    std::optional<Inset> inset;
    Furniture furniture;
    QString caption; ///< below the frame; empty: none
};

/// The frame on a page of this size: room is left for the grid's labels and for the caption where they are
/// wanted.
QRectF frameOn(QSizeF page, const Furniture& furniture, bool map, bool caption);

/// Paints it in the page's units. Throws Cancelled.
void paint(QPainter& painter, const Figure& figure, const Progress& progress = {});

enum class Format { Png, Jpeg, Pdf, Svg };
/// By a file name's ending; none for any other.
std::optional<Format> formatOf(const QString& file);

/// Paints and writes it, whole or not at all: with `dotsPerInch` as an image; PDF and SVG hold the outlines
/// and all marks as vectors. Throws Error: the folder cannot be written, the disk is full; Cancelled.
void write(const Figure& figure, const QString& file, Format format, double dotsPerInch,
           const Progress& progress = {});
/// As an image of `dotsPerInch`.
QImage image(const Figure& figure, double dotsPerInch, const Progress& progress = {});

} // namespace nunatak::ui::figure
