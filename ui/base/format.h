// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/outline.h"

#include <QString>

#include <chrono>
#include <string>

// How numbers are said to people, the same in every panel.
namespace nunatak::ui {

QString text(const std::string& utf8);
/// "3.42 km²" of square metres; small ones with more digits.
QString areaText(double squareMetres);
/// "27° 59′ 17″ N, 86° 55′ 31″ E".
QString degreesText(geo::Point longitudeLatitude);
/// Its two halves.
QString latitudeText(double degrees);
QString longitudeText(double degrees);
/// "about 40 s left", "about 3 min left".
QString remainingText(std::chrono::seconds remaining);
/// "accepted", "doubtful", "not reviewed".
QString reviewText(outlines::Review review);
/// "1:50,000"; three significant digits.
QString scaleText(double denominator);

} // namespace nunatak::ui
