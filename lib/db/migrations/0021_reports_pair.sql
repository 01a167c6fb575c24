CREATE INDEX "reports_pair" ON "reports" USING btree ("connection","reporter_id","accused_id");
