// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/typed_place.h"

#include "base/error.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cmath>
#include <optional>
#include <vector>

namespace nunatak::ui::editing {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr double wholeTurn = 180; // degrees to either side

/// A number as it was typed, with what says which one it is.
struct Part {
    double value = 0;
    QChar letter; ///< N, S, E, W; null: none
    bool isAngle = false;
};

[[noreturn]] void refuse(const QString& sentence) {
    throw Error(sentence.toStdString());
}

QString expected() {
    return Words::tr(
        "Type easting and northing, such as 483210.5 3101234.2, or degrees with letters, such as "
        "27.98806 N 86.92528 E.");
}

/// Without the commas that group thousands. 86,925 E is a degree and a part of one; 582,100 is none.
QString ungrouped(QString text) {
    static const QRegularExpression grouped(QStringLiteral("(?<![\\d.,])(\\d{1,3})(,\\d{3})+(?![\\d,])"));
    static const QRegularExpression letter(QStringLiteral("[NSEWnsew\\x{00B0}]"));
    bool isGrouped = !text.contains(letter);
    for (auto found = grouped.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        isGrouped = isGrouped || match.captured(1).toInt() > wholeTurn ||
                    match.captured().count(QLatin1Char(',')) > 1;
    }
    if (isGrouped) {
        qsizetype at = 0;
        for (auto match = grouped.match(text, at); match.hasMatch(); match = grouped.match(text, at)) {
            const QString digits = match.captured().remove(QLatin1Char(','));
            text.replace(match.capturedStart(), match.capturedLength(), digits);
            at = match.capturedStart() + digits.size();
        }
    }
    return text;
}

/// Numbers that are separated by commas, or have them for points or between thousands.
QString withPoints(QString text) {
    static const QRegularExpression oneGroup(QStringLiteral("^\\d+,\\d+$"));
    text = text.trimmed();
    if (!oneGroup.match(text).hasMatch()) {
        text = ungrouped(std::move(text));
    }
    static const QRegularExpression space(QStringLiteral("\\s"));
    if (text.count(QLatin1Char(',')) == 1 && !text.contains(space)) {
        return text.replace(QLatin1Char(','), QLatin1Char(' '));
    }
    static const QRegularExpression separator(QStringLiteral(",(?=\\s)|;"));
    return text.replace(separator, QStringLiteral(" ")).replace(QLatin1Char(','), QLatin1Char('.'));
}

std::vector<Part> partsOf(const QString& typed) {
    const QString number = QStringLiteral("([-+\\x{2212}]?\\d+(?:\\.\\d+)?)\\s*(\\x{00B0})?\\s*"
                                          "(?:(\\d+(?:\\.\\d+)?)\\s*['\\x{2032}\\x{2019}]\\s*)?"
                                          "(?:(\\d+(?:\\.\\d+)?)\\s*(?:\"|\\x{2033}|\\x{201D}|'')\\s*)?");
    static const QRegularExpression before(QStringLiteral("\\G\\s*([NSEW])\\s*") + number);
    static const QRegularExpression behind(QStringLiteral("\\G\\s*()") + number +
                                           QStringLiteral("([NSEW]?)"));
    const QString text = withPoints(typed).toUpper();
    const bool isBefore = !text.isEmpty() && text.front().isLetter();
    std::vector<Part> parts;
    qsizetype at = 0;
    while (at < text.size()) {
        const auto match = (isBefore ? before : behind).match(text, at);
        if (!match.hasMatch()) {
            refuse(expected());
        }
        at = match.capturedEnd();
        while (at < text.size() && text.at(at).isSpace()) {
            ++at;
        }
        const QString digits = match.captured(2).replace(QChar(0x2212), QLatin1Char('-'));
        const double minutes = match.captured(4).toDouble();
        const double seconds = match.captured(5).toDouble();
        const double rest = minutes / 60 + seconds / 3600;
        const double whole = digits.toDouble();
        const QString letter = match.captured(isBefore ? 1 : 6);
        parts.push_back({digits.startsWith(QLatin1Char('-')) ? whole - rest : whole + rest,
                         letter.isEmpty() ? QChar() : letter.front(),
                         !match.captured(3).isEmpty() || !match.captured(4).isEmpty()});
        if (minutes >= 60 || seconds >= 60) {
            refuse(Words::tr("Minutes and seconds go up to 60."));
        }
    }
    return parts;
}

geo::Point fromDegrees(double latitude, double longitude, const geo::Crs& crs) {
    if (std::abs(latitude) > wholeTurn / 2 || std::abs(longitude) > wholeTurn) {
        refuse(Words::tr("A latitude goes up to 90 degrees, a longitude up to 180."));
    }
    if (crs.empty()) {
        refuse(Words::tr("Degrees need a project with a coordinate system."));
    }
    const geo::CoordinateTransform transform(geo::Crs::fromUserInput("EPSG:4326"), crs);
    try {
        return transform(geo::Point{longitude, latitude});
    } catch (const Error&) {
        refuse(Words::tr("This place lies outside of the project's map."));
    }
}

} // namespace

QString placeText(geo::Point place) {
    return QStringLiteral("%1 %2").arg(place.x, 0, 'f', 2).arg(place.y, 0, 'f', 2);
}

QString latitudeLongitudeText(geo::Point place, const geo::Crs& crs) {
    if (crs.empty()) {
        return {};
    }
    try {
        const geo::Point degrees = geo::CoordinateTransform(crs, geo::Crs::fromUserInput("EPSG:4326"))(place);
        constexpr int decimals = 6; // a decimetre
        return QStringLiteral("%1 %2 %3 %4")
            .arg(std::abs(degrees.y), 0, 'f', decimals)
            .arg(degrees.y < 0 ? QLatin1Char('S') : QLatin1Char('N'))
            .arg(std::abs(degrees.x), 0, 'f', decimals)
            .arg(degrees.x < 0 ? QLatin1Char('W') : QLatin1Char('E'));
    } catch (const Error&) {
        return {};
    }
}

geo::Point typedPlace(const QString& text, const geo::Crs& crs) {
    const std::vector<Part> parts = partsOf(text);
    if (parts.size() != 2) {
        refuse(expected());
    }
    const auto isNorthing = [](const Part& part) {
        return part.letter == QLatin1Char('N') || part.letter == QLatin1Char('S');
    };
    const bool hasLetters = !parts[0].letter.isNull() && !parts[1].letter.isNull();
    if (parts[0].letter.isNull() != parts[1].letter.isNull() ||
        (hasLetters && isNorthing(parts[0]) == isNorthing(parts[1]))) {
        refuse(expected());
    }
    const bool isAngle = parts[0].isAngle || parts[1].isAngle;
    const bool fitsDegrees = std::abs(parts[0].value) <= wholeTurn && std::abs(parts[1].value) <= wholeTurn;
    if (!hasLetters) {
        if (isAngle || fitsDegrees) {
            refuse(Words::tr(
                "Which is the latitude? Write degrees with letters, such as 27.98806 N 86.92528 E."));
        }
        return {parts[0].value, parts[1].value};
    }
    const auto signedValue = [](const Part& part) {
        return part.letter == QLatin1Char('S') || part.letter == QLatin1Char('W') ? -part.value : part.value;
    };
    const Part& north = isNorthing(parts[0]) ? parts[0] : parts[1];
    const Part& east = isNorthing(parts[0]) ? parts[1] : parts[0];
    if (isAngle || fitsDegrees) {
        return fromDegrees(signedValue(north), signedValue(east), crs);
    }
    return {signedValue(east), signedValue(north)};
}

} // namespace nunatak::ui::editing
