// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/checks/snap_dialog.h"

#include "editing/area_words.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace nunatak::ui::checks {

using nunatak::editing::Snapped;

namespace {

enum Column { Glacier, Area, Change, Percent, ColumnCount };
constexpr std::chrono::milliseconds typing(400); ///< until a number that is typed is meant
constexpr double notable = 0.1;                  ///< m²
constexpr std::size_t mostRows = 500;            ///< that somebody reads

QString number(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

QString signedText(double value, int decimals) {
    return (value > 0 ? QStringLiteral("+") : QString()) + QLocale().toString(value, 'f', decimals);
}

double percentOf(const Snapped::Area& area) {
    return area.before > 0 ? 100 * (area.after - area.before) / area.before : 0;
}

} // namespace

SnapDialog::SnapDialog(QWidget* parent)
    : QDialog(parent), m_layer(owned<QLabel>()), m_tolerance(owned<QDoubleSpinBox>()),
      m_which(owned<QComboBox>()), m_summary(owned<QLabel>()), m_tree(owned<QTreeWidget>()),
      m_lock(owned<QLabel>()),
      m_start(owned<QPushButton>(QIcon::fromTheme(QStringLiteral("document-edit")), tr("Start inventory"))) {
    setObjectName(QStringLiteral("snapDialog"));
    setWindowTitle(tr("Bring lines together"));
    auto* about = owned<QLabel>(tr("Lines of neighbours that are nearly one become one: the smaller "
                                   "glacier's line goes to the larger one's, which stays."));
    about->setWordWrap(true);
    m_tolerance->setObjectName(QStringLiteral("snapTolerance"));
    m_tolerance->setDecimals(2);
    m_tolerance->setRange(0.01, nunatak::editing::mostTolerance);
    m_tolerance->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_tolerance->setValue(5);
    m_tolerance->setSuffix(tr(" m"));
    m_tolerance->setToolTip(tr("No vertex moves farther than this"));
    m_which->setObjectName(QStringLiteral("snapWhich"));
    m_summary->setObjectName(QStringLiteral("snapSummary"));
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tree->setObjectName(QStringLiteral("snapChanges"));
    m_tree->setHeaderLabels({tr("Glacier"), tr("Area"), tr("Change"), tr("%")});
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(14);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(Glacier, QHeaderView::Stretch);
    for (const int column : {Area, Change, Percent}) {
        m_tree->header()->setSectionResizeMode(column, QHeaderView::Fixed);
        m_tree->header()->resizeSection(column,
                                        fontMetrics().horizontalAdvance(QStringLiteral("+0,000,000 m²")));
        m_tree->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_lock->setObjectName(QStringLiteral("snapLock"));
    m_lock->setWordWrap(true);
    m_start->setObjectName(QStringLiteral("snapStartInventory"));
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Close);
    m_do = buttons->addButton(tr("Bring together"), QDialogButtonBox::ActionRole);
    m_do->setObjectName(QStringLiteral("snapDo"));
    m_do->setDefault(true);

    auto* rules = owned<QFormLayout>();
    rules->addRow(tr("Layer"), m_layer);
    rules->addRow(tr("Which"), m_which);
    rules->addRow(tr("Nearly one within"), m_tolerance);
    auto* layout = owned<QVBoxLayout>(this);
    layout->addWidget(about);
    layout->addLayout(rules);
    layout->addWidget(m_summary);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_lock);
    layout->addWidget(m_start, 0, Qt::AlignLeft);
    layout->addWidget(buttons);
    resize(460, 480);

    auto* pause = owned<QTimer>(this);
    pause->setSingleShot(true);
    pause->setInterval(typing);
    connect(m_tolerance, &QDoubleSpinBox::valueChanged, pause, [this, pause] {
        setChange(false); // what is listed is of another tolerance
        pause->start();
    });
    connect(pause, &QTimer::timeout, this, &SnapDialog::lookWanted);
    connect(m_which, &QComboBox::activated, this, &SnapDialog::lookWanted);
    connect(m_tree, &QTreeWidget::itemClicked, this, &SnapDialog::activate);
    connect(m_tree, &QTreeWidget::itemActivated, this, &SnapDialog::activate); // by Enter
    connect(m_do, &QPushButton::clicked, this, &SnapDialog::bringTogetherRequested);
    connect(m_start, &QPushButton::clicked, this, &SnapDialog::startInventoryRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    setLocked({}, false);
    showLooking();
}

void SnapDialog::setLayer(const QString& title, std::size_t glaciers, std::size_t selected,
                          bool beginsWithSelected) {
    m_glaciers = glaciers;
    m_layer->setText(title);
    m_which->clear();
    m_which->addItem(tr("All %1 glaciers").arg(number(glaciers)));
    if (selected > 1) {
        m_which->addItem(tr("The %1 selected ones, to one another").arg(number(selected)));
        m_which->setCurrentIndex(beginsWithSelected ? 1 : 0);
    }
    m_which->setEnabled(selected > 1);
}

void SnapDialog::setLocked(const QString& why, bool offersInventory) {
    m_isLocked = !why.isEmpty();
    m_lock->setText(why);
    m_lock->setVisible(m_isLocked);
    m_start->setVisible(offersInventory);
    setChange(m_hasChange);
}

double SnapDialog::tolerance() const {
    return m_tolerance->value();
}

bool SnapDialog::isOfSelected() const {
    return m_which->currentIndex() == 1;
}

void SnapDialog::setChange(bool isAny) {
    m_hasChange = isAny;
    m_do->setEnabled(isAny && !m_isLocked);
    m_do->setToolTip(m_isLocked ? m_lock->text()
                     : isAny    ? tr("Do what is listed, as one step that undo takes back")
                                : QString());
}

void SnapDialog::showLooking() {
    setChange(false);
    m_summary->setText(tr("Looking for what would change…"));
}

void SnapDialog::showProblem(const QString& sentence) {
    setChange(false);
    m_tree->clear();
    m_rows.clear();
    m_summary->setText(sentence);
}

void SnapDialog::showFound(const Snapped& found, const Name& name) {
    m_tree->clear();
    m_rows.clear();
    const auto changed = found.edit.changes.size();
    QString words;
    if (changed == 0) {
        words = tr("Nothing to bring together within %1 m.").arg(QLocale().toString(tolerance()));
    } else if (found.pairs.empty()) {
        words = tr("No line moves: %1 where lines are one already, in %2 of %3 glaciers.")
                    .arg(found.added == 1 ? tr("1 vertex comes")
                                          : tr("%1 vertices come").arg(number(found.added)),
                         number(changed), number(m_glaciers));
    } else {
        double farthest = found.farthest;
        for (const auto& pair : found.pairs) {
            farthest = std::max(farthest, pair.farthest);
        }
        words = tr("%1, and %2, in %3 of %4 glaciers. No line moves by more than %5 m.")
                    .arg(found.moved == 1 ? tr("1 vertex moves")
                                          : tr("%1 vertices move").arg(number(found.moved)),
                         found.added == 1 ? tr("1 comes") : tr("%1 come").arg(number(found.added)),
                         number(changed), number(m_glaciers), QLocale().toString(farthest, 'g', 3));
    }
    if (!found.left.empty()) {
        words += QLatin1Char(' ') + (found.left.size() == 1
                                         ? tr("One place stays as it is.")
                                         : tr("%1 places stay as they are.").arg(number(found.left.size())));
    }
    m_summary->setText(words);
    addAreas(found, name);
    addLeft(found, name);
    setChange(changed > 0);
}

QTreeWidgetItem* SnapDialog::addHeading(const QString& title) {
    auto* heading = owned<QTreeWidgetItem>(m_tree);
    heading->setText(Glacier, title);
    QFont bold = m_tree->font();
    bold.setBold(true);
    heading->setFont(Glacier, bold);
    heading->setFirstColumnSpanned(true);
    heading->setExpanded(true);
    return heading;
}

void SnapDialog::addRow(QTreeWidgetItem* heading, const QStringList& texts, Row row) {
    auto* item = owned<QTreeWidgetItem>(heading, texts);
    for (const int column : {Area, Change, Percent}) {
        item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    item->setData(Glacier, Qt::UserRole, static_cast<int>(m_rows.size()));
    m_rows.push_back(std::move(row));
}

void SnapDialog::addAreas(const Snapped& found, const Name& name) {
    const auto change = [](const Snapped::Area& area) { return std::abs(area.after - area.before); };
    std::vector<Snapped::Area> areas = found.areas;
    std::erase_if(areas, [&](const auto& area) { return change(area) < notable; });
    const auto hardly = found.areas.size() - areas.size();
    std::sort(areas.begin(), areas.end(),
              [&](const auto& a, const auto& b) { return change(a) > change(b); });
    if (areas.empty()) {
        if (hardly > 0) {
            addHeading(tr("Areas that change by less than %1 m²: %2")
                           .arg(QLocale().toString(notable), number(hardly)));
        }
        return;
    }
    auto* heading =
        addHeading(hardly > 0 ? tr("Areas that change: %1; by less than %2 m² %3 more")
                                    .arg(number(areas.size()), QLocale().toString(notable), number(hardly))
                              : tr("Areas that change: %1").arg(number(areas.size())));
    for (std::size_t i = 0; i < std::min(mostRows, areas.size()); ++i) {
        const auto& area = areas[i];
        addRow(heading,
               {name(area.outline), areaText(area.before),
                signedText(area.after - area.before, change(area) < 10 ? 1 : 0) + tr(" m²"),
                signedText(percentOf(area), 3)},
               {{area.outline}, {}});
    }
    if (areas.size() > mostRows) {
        addRow(heading, {tr("and %1 that change less").arg(number(areas.size() - mostRows))}, {});
    }
}

void SnapDialog::addLeft(const Snapped& found, const Name& name) {
    if (found.left.empty()) {
        return;
    }
    auto* heading = addHeading(tr("Places that stay as they are: %1").arg(number(found.left.size())));
    for (const auto& left : found.left) {
        QStringList names;
        for (const auto& ref : left.outlines) {
            names << name(ref);
        }
        addRow(heading, {names.join(QStringLiteral(" – ")) + QStringLiteral(": ") + text(left.why)},
               {left.outlines, left.place});
        auto* item = heading->child(heading->childCount() - 1);
        item->setFirstColumnSpanned(true);
        item->setToolTip(Glacier, item->text(Glacier));
    }
}

void SnapDialog::activate(const QTreeWidgetItem* item) {
    const auto number = item->data(Glacier, Qt::UserRole);
    if (number.isValid()) {
        const Row& row = m_rows[number.toUInt()];
        if (!row.outlines.empty()) {
            Q_EMIT placeActivated(row.outlines, row.place);
        }
    }
}

} // namespace nunatak::ui::checks
