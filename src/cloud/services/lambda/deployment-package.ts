import type { Caller } from '../../caller.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import type { World } from '../../world.ts';
import { failed } from '../define.ts';
import { kmsProblem, objectAt, reading } from '../s3/object-access.ts';

const WHAT_CODE_IS =
  'The code of a function here is a text file with requests to AWS, one a line, such as s3:GetObject {"Bucket":"assets","Key":"a"}.';

/** The code of a function in a file, as the prompt's help explains it. */
export const ZIP_FILE = {
  type: 'blob',
  help: 'instead of a program, requests to AWS in a text file, one a line, such as: s3:GetObject {"Bucket":"assets","Key":"a"}; given as fileb://code.txt',
  onlyFile: `${WHAT_CODE_IS} \`edit code.txt\` writes one, and fileb://code.txt gives it.`,
} as const;

/** Where the code of a function comes from. */
export interface DeploymentPackage {
  /** Base64. */
  readonly ZipFile?: string | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly ImageUri?: string | undefined;
}

/** What of a deployment package is outside what is simulated, in a sentence; null when all of it is inside. */
export function packageNotSimulated(code: DeploymentPackage): string | null {
  if (code.ImageUri !== undefined) {
    return `Functions from container images are not simulated here. ${WHAT_CODE_IS}`;
  }
  if (code.S3ObjectVersion !== undefined) {
    return 'Versions of objects are not simulated here: leave S3ObjectVersion out.';
  }
  const places = [code.ZipFile, code.S3Bucket ?? code.S3Key].filter((place) => place !== undefined);
  const isHalf = (code.S3Bucket === undefined) !== (code.S3Key === undefined);
  return places.length === 1 && !isHalf
    ? null
    : `Where is the code? Give either a file, with --zip-file fileb://code.txt, or an object, by its bucket and key. ${WHAT_CODE_IS}`;
}

/** Who takes the code from S3 must be allowed to read it: Lambda asks in the caller's name. */
export function packageNeeds(
  world: World,
  caller: Caller,
  { S3Bucket: bucket, S3Key: key }: DeploymentPackage,
): readonly PermissionNeeded[] {
  return bucket === undefined || key === undefined
    ? []
    : reading(world, caller, bucket, key).map((needed) => ({ via: 'lambda', ...needed }));
}

/**
 * The code in a package, or Lambda's error.
 * Source: Lambda API Reference, API_FunctionCode.html; Developer Guide, troubleshooting-deployment.html.
 */
export function packageCode(
  world: World,
  caller: Caller,
  { ZipFile: file, S3Bucket: bucket = '', S3Key: key = '' }: DeploymentPackage,
): { readonly code: string } | { readonly error: ApiError } {
  if (file !== undefined) {
    return { code: Buffer.from(file, 'base64').toString() };
  }
  const object = objectAt(world, bucket, key);
  if (object !== undefined) {
    return kmsProblem(world, caller, object.kmsKey) ?? { code: object.body };
  }
  const isBucket = Object.hasOwn(world.bucketOwners, bucket);
  const [code, message] = isBucket
    ? ['NoSuchKey', 'The specified key does not exist.']
    : ['NoSuchBucket', 'The specified bucket does not exist'];
  return failed(
    'InvalidParameterValueException',
    `Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`,
  );
}
