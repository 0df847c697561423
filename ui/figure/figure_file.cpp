// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure/figure.h"

#include "base/error.h"
#include "base/project_file.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImageWriter>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

namespace nunatak::ui::figure {

namespace {

constexpr double metresPerInch = 0.0254;

QByteArray encoded(const QImage& image, Format format) {
    QBuffer buffer;
    QImageWriter writer(&buffer, format == Format::Png ? "png" : "jpeg");
    if (format == Format::Jpeg) {
        writer.setQuality(92);
    }
    if (!writer.write(image)) {
        throw Error("The picture cannot be encoded: " + writer.errorString().toStdString() +
                    ". Choose a smaller width.");
    }
    return buffer.data();
}

QByteArray asPdf(const Figure& figure, double dotsPerInch, const Progress& progress) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setCreator(QStringLiteral("Nunatak"));
        writer.setResolution(static_cast<int>(std::lround(dotsPerInch)));
        writer.setPageSize(QPageSize(figure.page / unitsPerMillimetre, QPageSize::Millimeter));
        writer.setPageMargins(QMarginsF());
        QPainter painter(&writer);
        painter.scale(dotsPerInch / unitsPerInch, dotsPerInch / unitsPerInch);
        paint(painter, figure, progress);
    }
    return buffer.data();
}

QByteArray asSvg(const Figure& figure, const Progress& progress) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setResolution(static_cast<int>(unitsPerInch));
        generator.setSize(figure.page.toSize());
        generator.setViewBox(QRectF(QPointF(), figure.page));
        generator.setTitle(figure.caption.isEmpty() ? QStringLiteral("Nunatak") : figure.caption);
        QPainter painter(&generator);
        paint(painter, figure, progress);
    }
    return buffer.data();
}

} // namespace

std::optional<Format> formatOf(const QString& file) {
    const auto suffix = QFileInfo(file).suffix().toLower();
    if (suffix == QLatin1String("png")) {
        return Format::Png;
    }
    if (suffix == QLatin1String("jpg") || suffix == QLatin1String("jpeg")) {
        return Format::Jpeg;
    }
    if (suffix == QLatin1String("pdf")) {
        return Format::Pdf;
    }
    return suffix == QLatin1String("svg") ? std::optional(Format::Svg) : std::nullopt;
}

QImage image(const Figure& figure, double dotsPerInch, const Progress& progress) {
    const double scale = dotsPerInch / unitsPerInch;
    const QSize size(static_cast<int>(std::lround(figure.page.width() * scale)),
                     static_cast<int>(std::lround(figure.page.height() * scale)));
    QImage image(size, QImage::Format_RGB32);
    if (image.isNull()) {
        throw Error("There is not enough memory for a picture of this size. Choose a smaller width.");
    }
    {
        QPainter painter(&image);
        painter.scale(scale, scale);
        paint(painter, figure, progress);
    }
    const int dotsPerMetre = static_cast<int>(std::lround(dotsPerInch / metresPerInch));
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    return image;
}

void write(const Figure& figure, const QString& file, Format format, double dotsPerInch,
           const Progress& progress) {
    throwIfProject(file.toStdString());
    const auto painting = progress.part(0, 0.8);
    const QByteArray data = format == Format::Pdf   ? asPdf(figure, dotsPerInch, painting)
                            : format == Format::Svg ? asSvg(figure, painting)
                                                    : encoded(image(figure, dotsPerInch, painting), format);
    progress.report(0.9, "Writing the file");
    QSaveFile target(file); // a picture that is there already stays until the new one is whole
    if (!target.open(QIODevice::WriteOnly) || target.write(data) != data.size() || !target.commit()) {
        throw Error("The picture cannot be written to " + file.toStdString() +
                    ": the disk is full or the folder cannot be written. Free some space, or choose "
                    "another folder.");
    }
}

} // namespace nunatak::ui::figure
