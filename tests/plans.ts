/**
 * What PostgreSQL would do for each statement that a piece of work sends.
 *
 * @module
 */

import type { Database, Session, Transaction } from "../shared/platform/postgres.ts";

/** A scan of a whole table, and the statement that wants it. */
export interface FullScan {
  readonly table: string;
  readonly sql: string;
}

interface Node {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Parent Relationship"?: string;
  readonly Filter?: string;
  readonly Plans?: readonly Node[];
}

/** Statements that have a plan. */
const PLANNED = /^\s*(?:with|select|insert|update|delete|merge)\b/i;

/** A database that explains what it is asked, before it does it, and notes where it would read a whole table. */
export function explaining(
  database: Database,
  tables: ReadonlySet<string>,
): { database: Database; scans: FullScan[] } {
  const scans: FullScan[] = [];
  const explain = async (session: Session, sql: string, params: readonly unknown[]) => {
    if (!PLANNED.test(sql)) return;
    const [row] = await session.query(`explain (format json) ${sql}`, params);
    const names = scansOf(row!["QUERY PLAN"][0].Plan).filter((table) => tables.has(table));
    scans.push(...names.map((table) => ({ table, sql })));
  };
  const wrap = (tx: Transaction): Transaction => ({
    copy: tx.copy,
    query: async (sql, params = []) => {
      await explain(tx, sql, params);
      return await tx.query(sql, params);
    },
    // One statement may make the table that the next one reads; a semicolon at the end of a line parts them.
    script: async (sql) => {
      const results = [];
      for (const statement of sql.split(/;\s*(?:\n|$)/).filter((text) => text.trim() !== "")) {
        await explain(tx, statement, []);
        results.push(...await tx.script(statement));
      }
      return results;
    },
  });
  const wrapped: Database = {
    ...database,
    transaction: (work, options) => database.transaction((tx) => work(wrap(tx)), options),
  };
  return { database: wrapped, scans };
}

function scansOf(node: Node): string[] {
  // `exists (select from t)` reads one row.
  const stopsAtOne = node["Parent Relationship"] === "InitPlan" && node.Filter === undefined;
  const own = node["Node Type"] === "Seq Scan" && !stopsAtOne ? [node["Relation Name"]!] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scansOf)];
}
