// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/report_dialog.h"

#include "ui/base/owned.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui {

namespace {

QLabel* words(const QString& text, const char* name) {
    auto* label = owned<QLabel>(text);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QWidget* linesOf(const Report& report) {
    auto* content = owned<QWidget>();
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    auto* lines = owned<QVBoxLayout>(content);
    lines->setContentsMargins(14, 12, 14, 12);
    lines->setSpacing(10);
    for (const Report::Line& line : report.lines) {
        auto* of = owned<QVBoxLayout>();
        of->setSpacing(2);
        of->addWidget(words(line.what, "reportLine"));
        if (!line.more.isEmpty()) {
            auto* more = words(line.more, "reportMore");
            more->setForegroundRole(QPalette::PlaceholderText);
            of->addWidget(more);
        }
        lines->addLayout(of);
    }
    lines->addStretch();
    auto* scroll = owned<QScrollArea>();
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return scroll;
}

} // namespace

QDialog* showReport(QWidget* parent, const Report& report) {
    auto* dialog = owned<QDialog>(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("reportDialog"));
    dialog->setWindowTitle(report.title);
    auto* layout = owned<QVBoxLayout>(dialog);
    layout->setSpacing(12);
    auto* headline = words(report.headline, "reportHeadline");
    QFont bold = headline->font();
    bold.setBold(true);
    headline->setFont(bold);
    layout->addWidget(headline);
    if (!report.lines.empty()) {
        layout->addWidget(linesOf(report), 1);
    }
    if (!report.footer.isEmpty()) {
        layout->addWidget(words(report.footer, "reportFooter"));
    }
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    if (!report.goOnText.isEmpty()) {
        auto* goOn = buttons->addButton(report.goOnText, QDialogButtonBox::AcceptRole);
        goOn->setObjectName(QStringLiteral("reportGoOn"));
        QObject::connect(goOn, &QPushButton::clicked, dialog, [dialog, then = report.goOn] {
            dialog->close();
            then();
        });
    }
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    layout->addWidget(buttons);
    constexpr int width = 560;
    constexpr int perLine = 56;
    constexpr int around = 170;
    constexpr int most = 520;
    dialog->resize(width, report.lines.empty()
                              ? dialog->heightForWidth(width)
                              : std::min(most, around + perLine * static_cast<int>(report.lines.size())));
    dialog->open();
    return dialog;
}

} // namespace nunatak::ui
