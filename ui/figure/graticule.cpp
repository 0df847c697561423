// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure/graticule.h"

#include "base/error.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::figure {

namespace {

struct GraticuleTexts {
    Q_DECLARE_TR_FUNCTIONS(Graticule)
};

constexpr double second = 1.0 / 3600;
constexpr double minute = 1.0 / 60;
constexpr double steps[] = {second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
                            minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
                            1,      2,          5,          10,          15,          30};
constexpr int bends = 40; // points of a line: parallels are curved in most systems

QString labelOf(double degrees, double step, const QString& positive, const QString& negative) {
    const auto seconds = std::llround(std::abs(degrees) * 3600);
    QString text = QStringLiteral("%1°").arg(seconds / 3600);
    if (step < 1) {
        text += QStringLiteral(" %1′").arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'));
    }
    if (step < minute) {
        text += QStringLiteral(" %1″").arg(seconds % 60, 2, 10, QLatin1Char('0'));
    }
    return seconds == 0 ? text : text + QLatin1Char(' ') + (degrees < 0 ? negative : positive);
}

} // namespace

double graticuleStep(double degrees, int lines) {
    const double wanted = degrees / lines;
    for (const double step : steps) {
        if (step >= wanted) {
            return step;
        }
    }
    return 30;
}

std::vector<GraticuleLine> graticule(const geo::Crs& crs, const geo::Extent& extent, int lines) {
    std::vector<GraticuleLine> result;
    try {
        const auto wgs84 = geo::Crs::fromUserInput("EPSG:4326");
        const auto degrees = geo::CoordinateTransform(crs, wgs84)(extent);
        const geo::CoordinateTransform toMap(wgs84, crs);
        // Square in metres rather than in degrees, or there would be too many of one kind far from the
        // equator.
        const double slender = std::cos(degrees.center().y * 3.14159265358979323846 / 180);
        const double longer = std::max(degrees.width() * slender, degrees.height());
        for (const bool meridian : {true, false}) {
            const double step = graticuleStep(meridian ? longer / slender : longer, lines);
            const double from = meridian ? degrees.xmin : degrees.ymin;
            const double to = meridian ? degrees.xmax : degrees.ymax;
            for (double at = std::ceil(from / step) * step; at <= to; at += step) {
                GraticuleLine line;
                line.meridian = meridian;
                line.degrees = at;
                line.label = meridian ? labelOf(at, step, GraticuleTexts::tr("E"), GraticuleTexts::tr("W"))
                                      : labelOf(at, step, GraticuleTexts::tr("N"), GraticuleTexts::tr("S"));
                for (int i = 0; i <= bends; ++i) {
                    const double share = static_cast<double>(i) / bends;
                    line.points.push_back(meridian ? geo::Point{at, degrees.ymin + share * degrees.height()}
                                                   : geo::Point{degrees.xmin + share * degrees.width(), at});
                }
                toMap.apply(line.points);
                result.push_back(std::move(line));
            }
        }
    } catch (const Error&) {
        result.clear(); // a system of no place on Earth
    }
    return result;
}

} // namespace nunatak::ui::figure
