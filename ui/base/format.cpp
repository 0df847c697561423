// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace nunatak::ui {

namespace {

struct Format {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString degreesMinutesSeconds(double degrees, const QString& positive, const QString& negative) {
    const auto seconds = std::llround(std::abs(degrees) * 3600);
    return QStringLiteral("%1° %2′ %3″ %4")
        .arg(seconds / 3600)
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'))
        .arg(degrees < 0 ? negative : positive);
}

} // namespace

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

QString areaText(double squareMetres) {
    const double area = squareMetres / 1e6;
    return Format::tr("%1 km²").arg(QLocale().toString(area, 'f', area < 1 ? 3 : 2));
}

QString latitudeText(double degrees) {
    return degreesMinutesSeconds(degrees, Format::tr("N"), Format::tr("S"));
}

QString longitudeText(double degrees) {
    return degreesMinutesSeconds(degrees, Format::tr("E"), Format::tr("W"));
}

QString degreesText(geo::Point longitudeLatitude) {
    return QStringLiteral("%1, %2").arg(latitudeText(longitudeLatitude.y),
                                        longitudeText(longitudeLatitude.x));
}

QString remainingText(std::chrono::seconds remaining) {
    const auto seconds = std::max<long long>(1, remaining.count());
    if (seconds < 90) {
        return Format::tr("about %1 s left").arg(seconds);
    }
    if (seconds < 90 * 60) {
        return Format::tr("about %1 min left").arg((seconds + 30) / 60);
    }
    return Format::tr("about %1 h left").arg((seconds + 1800) / 3600);
}

QString reviewText(outlines::Review review) {
    switch (review) {
    case outlines::Review::NotReviewed:
        return Format::tr("not reviewed");
    case outlines::Review::Accepted:
        return Format::tr("accepted");
    case outlines::Review::Doubtful:
        return Format::tr("doubtful");
    case outlines::Review::Removed:
        return Format::tr("not a glacier");
    }
    return {};
}

QString scaleText(double denominator) {
    if (!(denominator > 0) || !std::isfinite(denominator)) {
        return {};
    }
    const double unit = std::pow(10.0, std::max(0.0, std::floor(std::log10(denominator)) - 2));
    return QStringLiteral("1:%1").arg(
        QLocale().toString(std::llround(std::round(denominator / unit) * unit)));
}

} // namespace nunatak::ui
