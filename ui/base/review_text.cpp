// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/review_text.h"

#include "ui/base/format.h"

#include <QDateTime>
#include <QLocale>
#include <QStringList>

namespace nunatak::ui {

QString reviewerText(const outlines::ReviewRecord& record) {
    const auto time = QDateTime::fromString(text(record.time), Qt::ISODate).toLocalTime();
    QStringList parts;
    if (!record.reviewer.empty()) {
        parts << text(record.reviewer);
    }
    if (time.isValid()) {
        parts << QLocale().toString(time, QStringLiteral("d MMM yyyy HH:mm"));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace nunatak::ui
